"""实事项目 Projects: one project, one team, one plan, from plan to acceptance."""
