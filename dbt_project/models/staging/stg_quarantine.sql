with source as (
    select * from {{ source('raw', 'quarantine') }}
),

renamed as (
    select
        feed_id,
        sheet_kind,
        sheet,
        row_number,
        case sheet_kind
            {% for sheet, fields in received_sheets().items() -%}
                when '{{ sheet }}' then {{ received_key('cast(received as json)', fields) }}
            {% endfor %}
        end as row_key,
        rules,
        received
    from source
)

select * from renamed
