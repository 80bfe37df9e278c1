with petitions as (
    select
        petition_id,
        unit_code,
        responsible_unit_code,
        {{ day_of('received_at') }} as received_day,
        feed_id,
        sheet,
        row_number,
        {{ words_of('summary') }} as words
    from {{ ref('int_petitions') }}
    where summary is not null and outcome <> 'duplicate'
),

compared as (
    select
        * exclude (words),
        md5_number_lower(words) as text_no
    from petitions
    where length(words) >= {{ parameter('min_text_length') }}
)

select * from compared
