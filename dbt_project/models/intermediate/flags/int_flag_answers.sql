-- What senders said of the facts that integrity flags speak of when the door asked them: one row per flag and subject.
-- The door asks in the feed in which the flag stands; of a petition that is gone, in a later feed. Where it asked more
-- than once for one rule, the newest feed in force counts; a flag is answered once each rule of its is.
-- Where it asks once for many rows, the answer is that of each row it asked about: of what a newer version drops, in
-- the version in force; of what was settled and is changed, in the feed that changed it, as it asks no more later.
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

one_by_one as (
    select
        flags.flag_code,
        flags.subject_id,
        asked.*
    from flags
    inner join pairs on flags.flag_code = pairs.flag_code
    inner join asked on pairs.rule = asked.rule and flags.sender_unit_code = asked.sender_unit_code
    where
        asked.is_current
        and asked.rule not in ('rows_withdrawn', 'settled_opened_again', 'settled_day_moved')
        and (
            (flags.subject_type = 'feed' and flags.feed_id = asked.feed_id)
            or flags.subject_id = asked.row_key
            or (flags.feed_id = asked.feed_id and flags.sheet = asked.sheet and flags.row_number = asked.row_number)
            or (asked.rule = 'nil_return_with_open' and asked.period_end > flags.listed_until)
        )
),

dropped as (
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

resettled as (
    select
        changes.flag_code,
        changes.subject_id,
        asked.*
    from {{ ref('int_flags_resettled') }} as changes
    inner join asked on changes.asked_feed_id = asked.feed_id and changes.asked_rule = asked.rule
),

matched as (
    select * from one_by_one
    union all
    select * from dropped
    union all
    select * from resettled
),

newest as (
    select *
    from matched
    qualify rank() over (
        partition by flag_code, subject_id, rule order by period_end desc, received_at desc, feed_id asc
    ) = 1
),

answers as (
    select
        flag_code,
        subject_id,
        string_agg(distinct confirmation_key, ' ' order by confirmation_key) as confirmation_keys,
        count(*) = count(reason) as is_answered,
        string_agg(distinct reason, '; ' order by reason) as reasons,
        string_agg(distinct reason_by, ', ' order by reason_by) as people,
        max(reason_at) as last_at
    from newest
    group by flag_code, subject_id
),

described as (
    select
        flag_code,
        subject_id,
        confirmation_keys,
        case when is_answered then reasons end as reason,
        case when is_answered then people end as reason_by,
        case when is_answered then last_at end as reason_at
    from answers
)

select * from described
