"""What a checker of shapes finds wrong with what was sent, in our words."""

from typing import Any

#: By the kind of fault, as pydantic names it.
WRONG = {
    "string_too_long": "最多{max_length}字",
    "string_too_short": "至少{min_length}字",
    "string_type": "应是文字",
    "missing": "没有填写",
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "int_from_float": "应是整数",
    "greater_than_equal": "不能小于{ge}",
    "less_than_equal": "不能大于{le}",
    "bool_type": "应是 true 或 false",
    "bool_parsing": "应是 true 或 false",
    "list_type": "应是一组值",
    "too_long": "最多{max_length}个",
    "too_short": "至少{min_length}个",
    "enum": "不是可选的值",
    "literal_error": "不是可选的值",
    "uuid_type": "不是有效的编号",
    "uuid_parsing": "不是有效的编号",
    "date_type": "应是日期，例如 2026-03-05",
    "date_parsing": "应是日期，例如 2026-03-05",
    "date_from_datetime_parsing": "应是日期，例如 2026-03-05",
    "datetime_parsing": "应是带时区的时间，例如 2026-03-05T14:00:00+08:00",
    "datetime_from_date_parsing": "应是带时区的时间，例如 2026-03-05T14:00:00+08:00",
    "timezone_aware": "应是带时区的时间，例如 2026-03-05T14:00:00+08:00",
    "extra_forbidden": "没有这一项",
    "value_error": "{error}",
}


def unsound(field: str, found: Any) -> str:
    """The sentence for one fault: which field, and what is wrong with it."""
    said = WRONG.get(found["type"], "写法不对").format_map(found.get("ctx") or {})
    return f"填写的内容有误：{field}（{said}）。"
