with petitions as (
    select * from {{ ref('int_petitions') }}
    where asks_extension or original_due_at < received_at
),

without_document as (
    select {{ petition_flag(
        'extension_without_document', day_of('original_due_at'),
        "concat('Gia hạn không có số văn bản; hạn ban đầu ', " ~ in_words('original_due_at') ~ ", ' vẫn được tính.')"
    ) }}
    from petitions
    where asks_extension and not has_extension_document
),

undated as (
    select {{ petition_flag(
        'extension_undated', day_of('original_due_at'),
        "concat('Văn bản gia hạn ', extension_no, ' không ghi ngày; hạn ban đầu ', "
        ~ in_words('original_due_at') ~ ", ' vẫn được tính.')"
    ) }}
    from petitions
    where asks_extension and has_extension_document and extended_on is null
),

after_due as (
    select {{ petition_flag(
        'extension_after_due', 'extended_on',
        "concat('Văn bản gia hạn ', extension_no, ' đề ngày ', " ~ in_words('extended_on')
        ~ ", ', sau hạn ban đầu ', " ~ in_words('original_due_at') ~ ", '.')"
    ) }}
    from petitions
    where asks_extension and has_extension_document and extended_on is not null and not is_extended_in_time
),

not_later as (
    select {{ petition_flag(
        'extension_not_later', 'extended_on',
        "concat('Văn bản gia hạn ', extension_no, ' ghi hạn ', " ~ in_words('extended_due_at')
        ~ ", ', không muộn hơn hạn ban đầu ', " ~ in_words('original_due_at') ~ ", '.')"
    ) }}
    from petitions
    where asks_extension and has_extension_document and is_extended_in_time and not is_extended_later
),

due_before_received as (
    select {{ petition_flag(
        'due_before_received', day_of('received_at'),
        "concat('Hạn giải quyết ', " ~ in_words('original_due_at') ~ ", ' trước ngày tiếp nhận ', "
        ~ in_words('received_at') ~ ", '.')"
    ) }}
    from petitions
    where original_due_at < received_at
),

every_flag as (
    select * from without_document
    union all by name
    select * from undated
    union all by name
    select * from after_due
    union all by name
    select * from not_later
    union all by name
    select * from due_before_received
)

select * from every_flag
