"""接口 API: the same verbs for programs, described by OpenAPI."""
