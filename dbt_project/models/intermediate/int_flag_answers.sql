-- What senders said of the facts that integrity flags speak of when the door asked them: one row per flag and subject.
-- The door asks in the feed in which the flag stands; of a petition that is gone, in a later feed. Where it asked more
-- than once for one rule, the newest feed in force counts; a flag is answered once each rule of its is.
with flags as (
    select
        found.*,
        feeds.sender_unit_code,
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
        feeds.period_end,
        feeds.received_at
    from {{ ref('stg_findings') }} as findings
    inner join {{ ref('int_feeds') }} as feeds on findings.feed_id = feeds.feed_id
    where findings.needs_reason and feeds.is_current
),

matched as (
    select
        flags.flag_code,
        flags.subject_id,
        asked.rule,
        asked.confirmation_key,
        asked.reason,
        asked.reason_by,
        asked.reason_at
    from flags
    inner join pairs on flags.flag_code = pairs.flag_code
    inner join asked on pairs.rule = asked.rule and flags.sender_unit_code = asked.sender_unit_code
    where
        (flags.subject_type = 'feed' and flags.feed_id = asked.feed_id)
        or flags.subject_id = asked.row_key
        or (flags.feed_id = asked.feed_id and flags.sheet = asked.sheet and flags.row_number = asked.row_number)
        or (asked.rule = 'nil_return_with_open' and asked.period_end > flags.listed_until)
    qualify rank() over (
        partition by flags.flag_code, flags.subject_id, asked.rule
        order by asked.period_end desc, asked.received_at desc, asked.feed_id asc
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
    from matched
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
