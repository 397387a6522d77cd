#!/bin/sh
# Makes the secrets of a compose installation in deploy/secrets, once: what exists stays as it is.
set -eu
umask 077
folder="$(dirname "$0")/secrets"
mkdir -p "$folder"
printf '*\n' > "$folder/.gitignore"

random() { head -c "$1" /dev/urandom | base64 | tr -d '\n'; }
# Passwords stand in URLs, so they are hexadecimal.
password() { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; }

if [ ! -f "$folder/compose.env" ]; then
  {
    for name in POSTGRES KEYCLOAK_ADMIN CONSOLE_CLIENT CLI_CLIENT; do
      printf 'RECOUP_%s_PASSWORD=%s\n' "$name" "$(password)"
    done
    for service in LEDGER COLLECTIONS PRECOLLECTIONS MESSAGING; do
      for role in OWNER SERVICE READER; do
        printf 'RECOUP_%s_%s_PASSWORD=%s\n' "$service" "$role" "$(password)"
      done
    done
  } > "$folder/compose.env"
fi
# Containers read these two as another user; the folder itself lets nobody else in.
if [ ! -f "$folder/contact-keys.json" ]; then
  printf '{"current":"1","keys":{"1":"%s"}}\n' "$(random 32)" > "$folder/contact-keys.json"
  chmod 644 "$folder/contact-keys.json"
fi
if [ ! -f "$folder/session.key" ]; then
  random 32 > "$folder/session.key"
  chmod 644 "$folder/session.key"
fi
echo "Secrets are in $folder. Keep a copy of contact-keys.json: without it contact data cannot be read."
