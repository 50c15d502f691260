# 议事厅 Yishiting: the commands of the house. `make help` lists them.

PORT ?= 8000
export PORT

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test test-all mutate check fix bench docs messages methods requirements oracles
RUN := .venv/bin

help: ## this list 命令一览
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)$$/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

setup: .venv/.ready-base .venv/.ready-test ## the environment in .venv, every package checked against its hash 准备环境

.venv/.ready-base: requirements/base.txt requirements/build.txt pyproject.toml
	@sh tools/setup.sh base

.venv/.ready-test: requirements/test.txt requirements/build.txt pyproject.toml .venv/.ready-base
	@sh tools/setup.sh test

demo: .venv/.ready-base ## a district with a year of deliberation to walk through (PORT, DATABASE_URL, YISHITING_VAR) 演示
	@DJANGO_SETTINGS_MODULE=config.settings.demo exec $(RUN)/yishiting demo

serve: .venv/.ready-base ## for those who build: your own data, Django's pages for errors (DATABASE_URL, YISHITING_VAR) 开发
	@DJANGO_SETTINGS_MODULE=$${DJANGO_SETTINGS_MODULE:-config.settings.dev} exec $(RUN)/yishiting serve

test: setup var/oracles/.ready ## checks, then tests on SQLite, PostgreSQL and in a browser 全部测试
	@$(RUN)/python tools/test.py

test-all: setup var/oracles/.ready ## test, with what takes long: nonsense sent at length, coverage, mutations 全部测试和抽查
	@$(RUN)/python tools/test.py all

mutate: setup ## change the product at random places: do the tests notice (PACKAGES="projects meetings")? 变异抽查
	@$(RUN)/python tools/mutation_sample.py $(PACKAGES)

check: setup ## style, types, imports, templates, migrations, generated documents 检查
	@$(RUN)/python tools/check.py

fix: setup ## put style and layout right where a machine can 自动修正
	@$(RUN)/ruff check --fix .
	@$(RUN)/ruff format .

bench: setup ## the figures against the goals, as text or JSON=1 测速
	@$(RUN)/python -m bench $(if $(JSON),--json)

docs: setup ## write the documents that are made from code 生成文档
	@$(RUN)/yishiting docs

messages: setup ## collect the sentences to translate and compile the translations 翻译
	@sh tools/messages.sh

methods: setup ## the mathematics as a distribution of its own, without Django: dist/yishiting_methods-*.whl 方法单独成包
	@$(RUN)/python tools/methods_wheel.py

requirements: setup ## compile requirements/*.in into hashed lists 锁定依赖
	@sh tools/requirements.sh

oracles: var/oracles/.ready ## the reference libraries the methods are compared with, in var/oracles 对照库

var/oracles/.ready: requirements/oracle.txt .venv/.ready-base
	@sh tools/oracles.sh
