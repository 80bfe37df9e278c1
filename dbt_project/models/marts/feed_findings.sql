-- Findings of all feeds known, rejected ones and older versions too.
with findings as (
    select * from {{ source('raw', 'findings') }}
),

known as (
    select findings.*
    from findings
    inner join {{ ref('stg_feeds') }} using (feed_id)
)

select * from known
