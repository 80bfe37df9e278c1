select * from {{ ref('stg_findings') }}
