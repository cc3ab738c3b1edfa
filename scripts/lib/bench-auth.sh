# Measures what each way of authorization costs a node, beside a method that takes everybody: HTTP_PROXY before the same
# backend, in turns in one run. Whoever calls is known to the node already. Sourced, never run.

need_measuring
[ -n "$nginx" ] && command -v wrk >/dev/null || die "the backend is nginx, and the load is made by wrk"
command -v node >/dev/null || die "the authorizer is a Node.js function, and there is no 'node' here to run it (Debian: apt-get install nodejs)"
issuer_port=$((GATEHOUSE_PORT_BASE + 63))
issuer=http://127.0.0.1:$issuer_port

nginx_configuration backend "server { listen 127.0.0.1:$backend_port backlog=4096; access_log off;
  location / { default_type application/json; return 200 '{\"id\": 1, \"type\": \"dog\", \"price\": 249.99}'; } }"
run_nginx backend "$backend_port"
backend_pid=$(echo $ours | cut -d' ' -f1)

export GATEHOUSE_EGRESS_ALLOW="127.0.0.1/32:$backend_port 127.0.0.1/32:$issuer_port" GATEHOUSE_ACCESS_LOG=true
"$checkout/scripts/start" --only node-1 --only control
settings=$("$checkout/scripts/status" --env)
eval "$settings"

"$JAVA_HOME/bin/java" -Xmx64m -cp "$image/lib/gatehouse.jar" io.gatehouse.operate.TokenIssuer "$issuer_port" bench \
  >"$GATEHOUSE_HOME/token" &
ours="$ours $!"
await_port "$issuer_port" "the issuer"

mkdir "$GATEHOUSE_HOME/authorizer"
cat >"$GATEHOUSE_HOME/authorizer/index.mjs" <<'EOF'
export const handler = async (event) => ({
  principalId: 'bench',
  policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: event.methodArn }] },
  context: { plan: 'gold', seats: 4 },
});
EOF
"$JAVA_HOME/bin/jar" --create --no-manifest --file "$GATEHOUSE_HOME/authorizer.zip" -C "$GATEHOUSE_HOME/authorizer" .
function_arn=$(functions POST /2015-03-31/functions "{\"FunctionName\": \"authorizer\", \"Runtime\": \"nodejs20.x\", \"Handler\": \"index.handler\",
  \"Role\": \"arn:aws:iam::$GATEHOUSE_ACCOUNT:role/functions\", \"Timeout\": 10,
  \"Code\": {\"ZipFile\": \"$(base64 <"$GATEHOUSE_HOME/authorizer.zip" | tr -d '\n')\"}}" | member FunctionArn)
functions POST /2015-03-31/functions/authorizer/policy "{\"StatementId\": \"apis\", \"Action\": \"lambda:InvokeFunction\",
  \"Principal\": \"apigateway.amazonaws.com\"}" >/dev/null
pool_arn=$(user_pools CreateUserPool "{\"PoolName\": \"bench\",
  \"UserPoolTags\": {\"gatehouse:issuer\": \"$issuer\", \"gatehouse:clients\": \"bench\"}}" | member Arn)

publish_document "$(sed -e "s|BACKEND|127.0.0.1:$backend_port|" -e "s|REGION|$AWS_REGION|" -e "s|FUNCTION|$function_arn|" \
  -e "s|POOL|$pool_arn|" "$checkout/scripts/lib/bench-auth.yaml")" bench Bench

signed_headers() { # signed_headers ROW: of a request signed now; signatures hold for five minutes
  curl -s -v -o /dev/null -K <(printf 'user = "%s:%s"\n' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY") \
    --aws-sigv4 "aws:amz:$AWS_REGION:execute-api" -H "x-api-key: ${key[$1]}" "${url[$1]}" 2>&1 |
    tr -d '\r' | sed -n 's/^> \(Authorization: \|X-Amz-Date: \)/\1/p'
}
token_header() { printf 'Authorization: Bearer %s\n' "$(cat "$GATEHOUSE_HOME/token")"; }
identity_header() { printf 'Authorization: bench\n'; }
more_headers[iam]=signed_headers more_headers[pool]=token_header more_headers[function]=identity_header

rows="none iam pool function"
label[none]="NONE" label[iam]="AWS_IAM" label[pool]="COGNITO_USER_POOLS" label[function]="CUSTOM, kept answer"
for row in $rows; do
  url[$row]=${GATEHOUSE_GATEWAY_URLS%% *}/_aws/execute-api/$api_id/bench/$row
  key[$row]=$api_key pid[$row]=$(pid_of node-1)
  [ "$row" = none ] || beside[$row]=none
  deadline=$((SECONDS + 30))
  until ask "$row" -f >/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || die "the row ${label[$row]} answers $(ask "$row" -i | tr '\r\n' '  ')"
    pause 0.5
  done
  [ "$row" = none ] || [ "$(curl -s -o /dev/null -w '%{http_code}' -H "x-api-key: $api_key" "${url[$row]}")" != 200 ] ||
    die "the row ${label[$row]} lets everybody in"
done
"$checkout/scripts/stop" --only control >/dev/null

measure_rows
say "each with HTTP_PROXY, API key required, access log on; the caller is known to the node"
