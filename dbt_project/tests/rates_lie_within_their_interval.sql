-- A rate lies between 0 and 1 and within its interval; a rank lies within its band.
select *
from {{ ref('kpi_values') }}
where
    (lower is not null and numerator <= denominator and not value between lower - 1e-12 and upper + 1e-12)
    or (rank is not null and not rank between rank_best and rank_worst)
    or (rank is not null and not rank_worst <= peer_count)
