with columns_of_contracts as (
    select * from {{ ref('contract_columns') }}
),

choices as (
    select
        sheet_kind,
        field,
        code,
        label
    from {{ ref('contract_choices') }}
),

fields as (
    select
        columns_of_contracts.sheet_kind,
        columns_of_contracts.field,
        fields.field_code as code,
        fields.field_name as label
    from columns_of_contracts
    cross join {{ source('lookups', 'fields') }} as fields
    where columns_of_contracts.value_type = 'field'
),

yes_no as (
    select
        columns_of_contracts.sheet_kind,
        columns_of_contracts.field,
        answers.code,
        answers.label
    from columns_of_contracts
    cross join (values ('true', 'Có'), ('false', 'Không')) as answers (code, label)
    where columns_of_contracts.value_type = 'yes_no'
),

labels as (
    select * from choices
    union all by name
    select * from fields
    union all by name
    select * from yes_no
)

select * from labels
