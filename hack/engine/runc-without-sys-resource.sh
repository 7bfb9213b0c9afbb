#!/bin/sh
# runc for a machine whose bounding set lacks CAP_SYS_RESOURCE: a container that asks for it, as every privileged one
# does, would fail with "unable to apply caps". It is taken out of the bundle's config.json and of exec's process file,
# which the engine writes as one line of JSON. No more than a sed: it runs at every start and every exec.
drop() {
  sed -i 's/"CAP_SYS_RESOURCE",//g; s/,"CAP_SYS_RESOURCE"//g; s/"CAP_SYS_RESOURCE"//g' "$1"
}
before=
for argument in "$@"; do
  case $before in
    --bundle | -b) drop "$argument/config.json" ;;
    --process | -p) drop "$argument" ;;
  esac
  case $argument in
    --bundle=*) drop "${argument#*=}/config.json" ;;
    --process=*) drop "${argument#*=}" ;;
  esac
  before=$argument
done
exec runc "$@"
