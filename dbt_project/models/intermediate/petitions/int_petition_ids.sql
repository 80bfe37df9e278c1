-- A code with the same day of receipt or the same text is one petition, across any chain of listings; two blank texts
-- are not the same text. Ids are numbered in the order of arrival, so that no later feed changes one, unless it lists
-- the day of one petition with the text of another: then the two are one, under the id of the earlier.
with recursive feeds as (
    {{ arrivals() }}
),

listed as (
    select
        petitions.petition_code,
        petitions.feed_id,
        {{ day_of('petitions.received_at') }} as received_day,
        petitions.summary,
        feeds.arrival
    from {{ ref('stg_petitions') }} as petitions
    inner join feeds on petitions.feed_id = feeds.feed_id
),

redated as (
    select petition_code
    from listed
    group by petition_code
    having min(received_day) <> max(received_day)
),

compared as (
    select
        listed.*,
        nullif({{ words_of('nfc_normalize(listed.summary)') }}, '') as words
    from listed
    inner join redated on listed.petition_code = redated.petition_code
),

states as (
    select
        petition_code,
        received_day,
        words,
        row_number() over (partition by petition_code order by min(arrival), received_day, words) as place
    from compared
    group by petition_code, received_day, words
),

-- states that match no earlier one: each begins a new petition
firsts as (
    select *
    from states
    qualify
        place = min(place) over (partition by petition_code, received_day)
        and (words is null or place = min(place) over (partition by petition_code, words))
),

founders as (
    select
        *,
        row_number() over (partition by petition_code order by place) as ordinal
    from firsts
),

reached as (
    select
        petition_code,
        received_day,
        words,
        ordinal
    from founders
    union
    select
        states.petition_code,
        states.received_day,
        states.words,
        reached.ordinal
    from reached
    inner join states
        on
            reached.petition_code = states.petition_code
            and (reached.received_day = states.received_day or reached.words = states.words)
),

matters as (
    select
        petition_code,
        received_day,
        words,
        min(ordinal) as ordinal
    from reached
    group by petition_code, received_day, words
    having min(ordinal) > 1
),

identified as (
    select
        compared.feed_id,
        compared.petition_code,
        {{ id_of_matter('compared.petition_code', 'matters.ordinal') }} as petition_id
    from compared
    inner join matters
        on
            compared.petition_code = matters.petition_code
            and compared.received_day = matters.received_day
            and compared.words is not distinct from matters.words
)

select * from identified
