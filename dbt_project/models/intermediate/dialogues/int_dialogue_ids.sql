-- A code with the same unit and day is one dialogue. A newer version of a feed that gives a code another unit or day
-- for the first time corrects the row of the version before, which keeps its id, unless the feed of another sender or
-- period had listed the earlier unit and day too.
with recursive feeds as (
    {{ arrivals() }}
),

listed as (
    select
        dialogues.dialogue_code,
        dialogues.unit_code,
        dialogues.held_on,
        dialogues.feed_id,
        feeds.arrival,
        concat(feeds.sender_unit_code, '|', feeds.period_code) as report,
        lag(dialogues.unit_code) over of_report as unit_before,
        lag(dialogues.held_on) over of_report as held_before
    from {{ ref('stg_dialogues') }} as dialogues
    inner join feeds on dialogues.feed_id = feeds.feed_id
    window of_report as (partition by dialogues.dialogue_code, report order by feeds.version)
),

reused as (
    select dialogue_code
    from listed
    group by dialogue_code
    having min(held_on) <> max(held_on) or min(unit_code) <> max(unit_code)
),

reports as (
    select
        listed.dialogue_code,
        listed.unit_code,
        listed.held_on,
        listed.report,
        min(listed.arrival) as first_arrival
    from listed
    inner join reused on listed.dialogue_code = reused.dialogue_code
    group by listed.dialogue_code, listed.unit_code, listed.held_on, listed.report
),

states as (
    select listed.*
    from listed
    inner join reused on listed.dialogue_code = reused.dialogue_code
    qualify
        row_number() over (
            partition by listed.dialogue_code, listed.unit_code, listed.held_on order by listed.arrival
        ) = 1
),

founders as (
    select
        states.dialogue_code,
        states.unit_code,
        states.held_on,
        row_number() over (partition by states.dialogue_code order by states.arrival) as ordinal
    from states
    left join reports as elsewhere
        on
            states.dialogue_code = elsewhere.dialogue_code
            and states.unit_before = elsewhere.unit_code
            and states.held_before = elsewhere.held_on
            and states.report <> elsewhere.report
            and states.arrival > elsewhere.first_arrival
    where states.held_before is null or elsewhere.report is not null
    group by states.dialogue_code, states.unit_code, states.held_on, states.arrival
),

reached as (
    select * from founders
    union
    select
        states.dialogue_code,
        states.unit_code,
        states.held_on,
        reached.ordinal
    from reached
    inner join states
        on
            reached.dialogue_code = states.dialogue_code
            and reached.unit_code = states.unit_before
            and reached.held_on = states.held_before
    left join founders
        on
            states.dialogue_code = founders.dialogue_code
            and states.unit_code = founders.unit_code
            and states.held_on = founders.held_on
    where founders.dialogue_code is null
),

identified as (
    select
        listed.feed_id,
        listed.dialogue_code,
        {{ id_of_matter('listed.dialogue_code', 'reached.ordinal') }} as dialogue_id
    from listed
    inner join reached
        on
            listed.dialogue_code = reached.dialogue_code
            and listed.unit_code = reached.unit_code
            and listed.held_on = reached.held_on
    where reached.ordinal > 1
)

select * from identified
