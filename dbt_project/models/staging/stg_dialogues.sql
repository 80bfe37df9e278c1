-- A feed without an optional column reports nothing about it; a blank cell reports that it has not happened.
with source as (
    select
        feed_id,
        dialogue_code,
        unit_code,
        held_on,
        form,
        chair_name,
        chair_post,
        chaired_by_head,
        in_programme,
        notice_on,
        detailed_programme,
        participants,
        opinions_raised,
        answered_at_once,
        conclusion_no,
        conclusion_on,
        main_field,
        supervised_on,
        sheet,
        row_number
    from {{ source('raw', 'dialogues') }}
),

columns_present as (
    select
        feed_id,
        bool_or(field = 'notice_on') as has_notice_on,
        bool_or(field = 'conclusion_on') as has_conclusion_on,
        bool_or(field = 'supervised_on') as has_supervised_on
    from {{ source('raw', 'feed_columns') }}
    where sheet_kind = 'dialogues'
    group by feed_id
),

renamed as (
    select
        source.*,
        coalesce(columns_present.has_notice_on, false) as has_notice_on,
        coalesce(columns_present.has_conclusion_on, false) as has_conclusion_on,
        coalesce(columns_present.has_supervised_on, false) as has_supervised_on
    from source
    left join columns_present using (feed_id)
)

select * from renamed
