-- Findings of all feeds known, rejected ones and older versions too.
select * from {{ ref('stg_findings') }}
