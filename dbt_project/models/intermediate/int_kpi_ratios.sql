{#- Every KPI as numerator over denominator; the one place where a KPI is put together. -#}
{%- set petition_kpis = [
    ('resolution_rate', 'settled', 'opening + received - left_scope'),
    ('resolved_share', 'resolved', 'settled'),
    ('on_time_rate', 'matured_on_time', 'matured'),
    ('overdue_rate', 'closing_overdue', 'closing'),
    ('overdue_open', 'closing_overdue', 'null'),
    ('satisfaction_rate', 'satisfied', 'rated'),
] -%}
{%- set dialogue_kpis = [
    ('head_chaired_rate', 'chaired', 'chaired_known'),
    ('in_programme_rate', 'in_programme', 'in_programme_known'),
    ('procedure_rate', 'steps_met', 'steps_applying'),
    ('conclusion_on_time_rate', 'conclusions_on_time', 'conclusions_matured'),
    ('direct_answer_rate', 'answered', 'opinions'),
    ('supervised_rate', 'supervised', 'concluded'),
] -%}
-- Numerator and denominator of every KPI: one row per period, subject, field and KPI.
-- For 'ALL' every subject in force has every KPI, also where nothing happened; by field only what is not empty.
with petition_measures as (
    select
        period_key, subject_type, subject_id, field_code,
        settled, resolved, opening, received, left_scope, matured, matured_on_time,
        closing, closing_overdue, satisfied, rated, 0 as inherited_overdue
    from {{ ref('int_petition_measures') }}
    union all
    select
        period_key, 'head', head_id, field_code,
        settled, resolved, opening, received, left_scope, matured, matured_on_time,
        closing, closing_overdue, satisfied, rated, inherited_overdue
    from {{ ref('int_head_measures') }}
),

dialogue_measures as (
    select * from {{ ref('int_dialogue_measures') }}
),

subjects_in_force as (
    select * from {{ ref('int_subjects_in_force') }}
),

complete_petition_measures as (
    select * from petition_measures
    union all
    select period_key, subject_type, subject_id, 'ALL', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    from subjects_in_force
    anti join petition_measures using (period_key, subject_type, subject_id)
),

complete_dialogue_measures as (
    select * from dialogue_measures
    union all
    select period_key, subject_type, subject_id, 'ALL', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    from subjects_in_force
    anti join dialogue_measures using (period_key, subject_type, subject_id)
),

ratios as (
    {% for kpi, numerator, denominator in petition_kpis -%}
        select
            period_key, subject_type, subject_id, field_code, '{{ kpi }}' as kpi_code,
            cast({{ numerator }} as double) as numerator, cast({{ denominator }} as double) as denominator
        from complete_petition_measures
        union all
    {% endfor -%}
    select period_key, subject_type, subject_id, field_code, 'overdue_inherited', inherited_overdue, null
    from complete_petition_measures
    where subject_type = 'head'
    union all
    select period_key, subject_type, subject_id, field_code, 'dialogues_held', held, null
    from complete_dialogue_measures
    union all
    {% for kpi, numerator, denominator in dialogue_kpis -%}
        select
            period_key, subject_type, subject_id, field_code, '{{ kpi }}',
            coalesce({{ numerator }}, 0), coalesce({{ denominator }}, 0)
        from complete_dialogue_measures
        where field_code = 'ALL'
        union all
    {% endfor -%}
    select period_key, subject_type, subject_id, 'ALL', 'obligation_rate', sum(met), sum(required)
    from {{ ref('int_obligations') }}
    group by period_key, subject_type, subject_id
    union all
    select period_key, subject_type, subject_id, 'ALL', 'feed_on_time_rate', feeds_on_time, feeds_due
    from {{ ref('int_feed_measures') }}
),

kept as (
    select * from ratios
    where field_code = 'ALL' or numerator <> 0 or coalesce(denominator, 0) <> 0
)

select * from kept
