# Calls of the management API with nothing but curl, which signs them. Sourced, never run.

# manage VERB PATH [BODY]: prints the answer; fails with the API's own words.
manage() {
  local answer status body=()
  [ $# -lt 3 ] || body=(--data-binary "$3" -H 'Content-Type: application/json')
  # The secret goes in through a file descriptor: arguments can be seen by everyone on the machine.
  answer=$(curl -sS --max-time 30 -K <(printf 'user = "%s:%s"\n' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY") \
    --aws-sigv4 "aws:amz:$AWS_REGION:apigateway" -X "$1" "${body[@]}" -w '\n%{http_code}' "$GATEHOUSE_MANAGEMENT_URL$2") ||
    die "the management API at $GATEHOUSE_MANAGEMENT_URL does not answer: is Gatehouse started? (scripts/status)"
  status=${answer##*$'\n'}
  answer=${answer%$'\n'*}
  case $status in
    2??) printf '%s\n' "$answer" ;;
    *) die "$1 $2 was refused with $status: $answer" ;;
  esac
}

# member NAME: the first text member of that name in the JSON on standard input.
member() { tr -d '\n' | grep -o "\"$1\" *: *\"[^\"]*\"" | head -1 | sed 's/.*: *"//; s/"$//'; }

need_curl() {
  command -v curl >/dev/null || die "this needs curl 7.75 or later, which is not installed"
  curl --help all 2>/dev/null | grep -q aws-sigv4 || die "this needs a curl that can sign (7.75 or later); this one is: $(curl --version | head -1)"
}

# publish_document DOCUMENT STAGE NAME: imports, deploys, makes a key and a plan; sets api_id and api_key.
publish_document() {
  local key plan
  api_id=$(manage POST '/restapis?mode=import' "$1" | member id)
  manage POST "/restapis/$api_id/deployments" "{\"stageName\":\"$2\"}" >/dev/null
  key=$(manage POST /apikeys "{\"name\":\"$3 $api_id\",\"enabled\":true}")
  # shellcheck disable=SC2034
  api_key=$(member value <<<"$key")
  plan=$(manage POST /usageplans "{\"name\":\"$3 $api_id\",\"apiStages\":[{\"apiId\":\"$api_id\",\"stage\":\"$2\"}]}" | member id)
  manage POST "/usageplans/$plan/keys" "{\"keyId\":\"$(member id <<<"$key")\",\"keyType\":\"API_KEY\"}" >/dev/null
}
