with source as (
    select * from {{ source('raw', 'tenures') }}
),

renamed as (
    select
        feed_id,
        leader_code,
        full_name,
        unit_code,
        body,
        post,
        from_on,
        to_on
    from source
)

select * from renamed
