-- Quarantined rows are listed too. A number that is not declared is not compared.
with feeds as (
    select * from {{ ref('int_feeds') }}
    where is_current
),

rows_listed as (
    select feed_id, 'dialogues' as sheet_kind from {{ ref('stg_dialogues') }}
    union all by name
    select feed_id, 'petitions' as sheet_kind from {{ ref('stg_petitions') }}
    union all by name
    select feed_id, sheet_kind from {{ ref('stg_quarantine') }}
),

counted as (
    select
        feed_id,
        count(*) filter (where sheet_kind = 'dialogues') as dialogues,
        count(*) filter (where sheet_kind = 'petitions') as petitions
    from rows_listed
    group by feed_id
),

compared as (
    select
        feeds.*,
        coalesce(counted.dialogues, 0) as dialogues,
        coalesce(counted.petitions, 0) as petitions
    from feeds
    left join counted on feeds.feed_id = counted.feed_id
),

differing as (
    select
        'declared_differs' as flag_code,
        'feed' as subject_type,
        feed_id as subject_id,
        sender_unit_code as unit_code,
        {{ day_of('received_at') }} as flagged_on,
        period_start,
        period_end,
        concat_ws(
            ' ',
            case
                when declared_dialogues <> dialogues
                    then concat('Khai ', declared_dialogues, ' hội nghị, có ', dialogues, ' dòng.')
            end,
            case
                when declared_petitions <> petitions
                    then concat('Khai ', declared_petitions, ' kiến nghị, có ', petitions, ' dòng.')
            end
        ) as detail,
        feed_id,
        cast(null as varchar) as sheet,
        cast(null as integer) as row_number
    from compared
    where declared_dialogues <> dialogues or declared_petitions <> petitions
)

select * from differing
