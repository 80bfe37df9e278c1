{{ config(materialized='view') }}
{#- petition_kpis() and dialogue_kpis() name the measures that are numerator and denominator of each KPI. -#}
{%- set stocks = petition_stock_rules() -%}
{%- set petition_measure_names = petition_flows() + [
    'opening', 'closing', 'closing_overdue', 'inherited_overdue'
] -%}
-- Field ALL has every KPI of every subject in force, also where nothing happened: a page shows 0 or a dash, not a
-- gap.
with petition_measures as (
    select * exclude (joined) from {{ ref('int_petition_measures') }}
    union all by name
    select
        * exclude (head_id),
        'head' as subject_type,
        head_id as subject_id
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
    union all by name
    select
        period_key,
        subject_type,
        subject_id,
        'ALL' as field_code,
        {{ zeros(petition_measure_names) }}
    from subjects_in_force
    anti join petition_measures using (period_key, subject_type, subject_id)
),

complete_dialogue_measures as (
    select * from dialogue_measures
    union all by name
    select
        period_key,
        subject_type,
        subject_id,
        'ALL' as field_code,
        0 as held
    from subjects_in_force
    anti join dialogue_measures using (period_key, subject_type, subject_id)
),

numbered_petition_measures as (
    {{ numbered('complete_petition_measures') }}
),

numbered_dialogue_measures as (
    {{ numbered('complete_dialogue_measures') }}
),

obligations as (
    select
        period_key,
        subject_type,
        subject_id,
        'ALL' as field_code,
        sum(met_parts) / {{ parts_of_a_dialogue() }} as met,
        sum(required_parts) / {{ parts_of_a_dialogue() }} as required
    from {{ ref('int_obligations') }}
    group by period_key, subject_type, subject_id
),

numbered_obligations as (
    {{ numbered('obligations') }}
),

feeds as (
    select
        *,
        'ALL' as field_code
    from {{ ref('int_feed_measures') }}
),

numbered_feeds as (
    {{ numbered('feeds') }}
),

kpis as (
    select
        kpi_code,
        kpi_no
    from {{ ref('kpis') }}
),

ratios as (
    {% for kpi, numerator, denominator in petition_kpis() -%}
        {{ ratio(
            kpi,
            numerator,
            stocks.get(denominator, {}).get('sql', denominator) or 'null',
            'numbered_petition_measures'
        ) }}
        union all by name
    {% endfor -%}
    {{ ratio('overdue_inherited', 'inherited_overdue', 'null', 'numbered_petition_measures', "subject_type = 'head'") }}
    union all by name
    {{ ratio('dialogues_held', 'held', 'null', 'numbered_dialogue_measures') }}
    union all by name
    {% for kpi, numerator, denominator in dialogue_kpis() -%}
        {{ ratio(
            kpi,
            'coalesce(' ~ numerator ~ ', 0)',
            'coalesce(' ~ denominator ~ ', 0)',
            'numbered_dialogue_measures',
            'field_no = 0'
        ) }}
        union all by name
    {% endfor -%}
    {{ ratio('obligation_rate', 'met', 'required', 'numbered_obligations') }}
    union all by name
    {{ ratio('feed_on_time_rate', 'feeds_on_time', 'feeds_due', 'numbered_feeds') }}
),

without_empty_fields as (
    select * from ratios
    where field_no = 0 or numerator <> 0 or coalesce(denominator, 0) <> 0
)

select * from without_empty_fields
