{{ config(materialized='view') }}
-- A sender is asked in the feed that lists the flagged row, and about a vanished petition in a later feed. Where one
-- question covers many rows, its reason applies to each of them: for withdrawals in the version in force, for changed
-- settlements in the feed that changed them, as no later feed asks again.
with flags as (
    select
        found.*,
        feeds.sender_unit_code,
        feeds.period_code,
        feeds.period_end as listed_until
    from {{ ref('int_flags') }} as found
    inner join {{ ref('int_feeds') }} as feeds on found.feed_id = feeds.feed_id
),

pairs as (
    select
        flag_code,
        unnest(string_split(door_rules, ' ')) as rule
    from {{ ref('flags') }}
    where door_rules is not null
),

asked as (
    select
        findings.*,
        feeds.sender_unit_code,
        feeds.period_code,
        feeds.period_end,
        feeds.received_at,
        feeds.is_current
    from {{ ref('stg_findings') }} as findings
    inner join {{ ref('int_feeds') }} as feeds on findings.feed_id = feeds.feed_id
    where findings.needs_reason
),

-- the rules that ask about a flag in a feed in force
askable as (
    select
        flags.*,
        pairs.rule
    from flags
    inner join pairs on flags.flag_code = pairs.flag_code
    where pairs.rule not in ('rows_withdrawn', 'settled_opened_again', 'settled_day_moved')
),

asked_in_force as (
    select * from asked
    where is_current
),

-- one join per way in which a question can be about a flag; questions found twice are deduplicated below
one_by_one as (
    {% for way in [
        "askable.subject_type = 'feed' and askable.feed_id = asked.feed_id",
        "askable.subject_id = asked.row_key",
        "askable.feed_id = asked.feed_id and askable.sheet = asked.sheet and askable.row_number = asked.row_number",
        "asked.rule = 'nil_return_with_open' and asked.period_end > askable.listed_until",
    ] -%}
        select
            askable.flag_code,
            askable.subject_id,
            asked.*
        from askable
        inner join asked_in_force as asked
            on askable.rule = asked.rule and askable.sender_unit_code = asked.sender_unit_code
        where {{ way }}
        {% if not loop.last %}union all by name
        {% endif %}
    {%- endfor %}
),

about_withdrawals as (
    select
        flags.flag_code,
        flags.subject_id,
        asked.*
    from flags
    inner join asked
        on
            flags.sender_unit_code = asked.sender_unit_code
            and flags.period_code = asked.period_code
            and concat(flags.subject_type, 's') = asked.sheet_kind
    where flags.flag_code = 'withdrawn_when_done' and asked.rule = 'rows_withdrawn' and asked.is_current
),

about_settlements as (
    select
        changes.flag_code,
        changes.subject_id,
        asked.*
    from {{ ref('int_flags_settlement_changes') }} as changes
    inner join asked on changes.asked_feed_id = asked.feed_id and changes.asked_rule = asked.rule
),

matched as (
    select * from one_by_one
    union all by name
    select * from about_withdrawals
    union all by name
    select * from about_settlements
),

newest as (
    select *
    from matched
    qualify rank() over (
        partition by flag_code, subject_id, rule order by period_end desc, received_at desc, feed_id desc
    ) = 1
),

questions as (
    select distinct
        flag_code,
        subject_id,
        feed_id,
        finding_no,
        confirmation_key,
        reason,
        reason_by,
        reason_at
    from newest
)

select * from questions
