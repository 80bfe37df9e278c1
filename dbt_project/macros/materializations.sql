{#- Tables and views are replaced in place, inside the transaction of their node. The adapter builds each beside the
    one before and renames both, five statements that in a small build take longer than the query itself. Readers never
    see the warehouse in between: they read published snapshots. -#}

{% materialization table, adapter='duckdb' %}
    {{ return(replaced(this.incorporate(type='table'), create_table_as(False, this, compiled_code))) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {{ return(replaced(this.incorporate(type='view'), create_view_as(this, compiled_code))) }}
{% endmaterialization %}

{% macro replaced(relation, creation) %}
    {%- set existing = load_cached_relation(relation) -%}
    {%- call statement('main') -%}
        {%- if existing is not none %} drop {{ existing.type }} {{ relation }}; {% endif -%}
        {{ creation }}
    {%- endcall -%}
    {{ adapter.commit() }}
    {{ return({'relations': [relation]}) }}
{% endmacro %}
