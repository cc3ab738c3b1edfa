# Calls of the management API with nothing but curl, which signs them. Sourced, never run.

# manage VERB PATH [BODY]: a call of API Gateway; prints the answer, or fails with the API's own words.
manage() { signed apigateway "$@"; }

# functions VERB PATH [BODY]: a call of Lambda, which answers at the same address.
functions() { signed lambda "$@"; }

# user_pools OPERATION BODY: a call of Cognito's user pools.
user_pools() { signed cognito-idp POST / "$2" -H "X-Amz-Target: AWSCognitoIdentityProviderService.$1" -H 'Content-Type: application/x-amz-json-1.1'; }

signed() { # signed SERVICE VERB PATH [BODY [OPTION...]]
  local service=$1 answer status body=()
  shift
  # Secrets and bodies go in through file descriptors: arguments can be seen by everyone on the machine.
  [ $# -lt 3 ] || body=(--data-binary @- -H 'Content-Type: application/json')
  [ $# -lt 4 ] || body=(--data-binary @- "${@:4}")
  answer=$(curl -sS --max-time 30 -K <(printf 'user = "%s:%s"\n' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY") \
    --aws-sigv4 "aws:amz:$AWS_REGION:$service" -X "$1" "${body[@]}" -w '\n%{http_code}' "$GATEHOUSE_MANAGEMENT_URL$2" < <(printf %s "${3:-}")) ||
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

# publish_document DOCUMENT STAGE NAME: imports, deploys, makes a key and a plan; sets api_id, api_key and plan_id.
publish_document() {
  local key
  api_id=$(manage POST '/restapis?mode=import' "$1" | member id)
  manage POST "/restapis/$api_id/deployments" "{\"stageName\":\"$2\"}" >/dev/null
  key=$(manage POST /apikeys "{\"name\":\"$3 $api_id\",\"enabled\":true}")
  # shellcheck disable=SC2034
  api_key=$(member value <<<"$key")
  plan_id=$(manage POST /usageplans "{\"name\":\"$3 $api_id\",\"apiStages\":[{\"apiId\":\"$api_id\",\"stage\":\"$2\"}]}" | member id)
  manage POST "/usageplans/$plan_id/keys" "{\"keyId\":\"$(member id <<<"$key")\",\"keyType\":\"API_KEY\"}" >/dev/null
}

# text VALUE: as JSON.
text() {
  local value=${1//\\/\\\\}
  printf '"%s"' "${value//\"/\\\"}"
}

# publish_function FOLDER NAME ENVIRONMENT VERB PATH: a Node.js function behind a method of an API of its own, stage
# 'demo', which alone may invoke it; ENVIRONMENT is JSON. Sets api_id.
publish_function() {
  local code arn
  command -v node >/dev/null || die "the sample is a Node.js function, and the nodes here have no 'node' to run it with (Debian: apt-get install nodejs)"
  code=$(mktemp -d)
  "$JAVA_HOME/bin/jar" --create --no-manifest --file "$code/code.zip" -C "$1" .
  arn=$(functions POST /2015-03-31/functions "{\"FunctionName\": \"$2\", \"Runtime\": \"nodejs20.x\", \"Handler\": \"index.handler\",
    \"Role\": \"arn:aws:iam::$GATEHOUSE_ACCOUNT:role/functions\", \"Timeout\": 10, \"Environment\": {\"Variables\": $3},
    \"Code\": {\"ZipFile\": \"$(base64 <"$code/code.zip" | tr -d '\n')\"}}" | member FunctionArn)
  rm -rf "$code"
  api_id=$(manage POST '/restapis?mode=import' "{\"openapi\": \"3.0.1\", \"info\": {\"title\": \"$2\", \"version\": \"1\"},
    \"paths\": {\"$5\": {\"$4\": {\"responses\": {}, \"x-amazon-apigateway-integration\": {\"type\": \"aws_proxy\", \"httpMethod\": \"POST\",
    \"uri\": \"arn:aws:apigateway:$AWS_REGION:lambda:path/2015-03-31/functions/$arn/invocations\"}}}}}" | member id)
  functions POST "/2015-03-31/functions/$2/policy" "{\"StatementId\": \"its-api\", \"Action\": \"lambda:InvokeFunction\",
    \"Principal\": \"apigateway.amazonaws.com\",
    \"SourceArn\": \"arn:aws:execute-api:$AWS_REGION:$GATEHOUSE_ACCOUNT:$api_id/*\"}" >/dev/null
  manage POST "/restapis/$api_id/deployments" '{"stageName": "demo"}' >/dev/null
}
