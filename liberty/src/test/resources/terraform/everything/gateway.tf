# Touches every resource and data source of API Gateway v1.
variable "change" { default = false }
locals { v = var.change ? "two" : "one" }
resource "aws_api_gateway_account" "a" { cloudwatch_role_arn = "arn:aws:iam::123456789012:role/${local.v}" }
resource "aws_api_gateway_client_certificate" "c" {
  description = "cert ${local.v}"
  tags        = { a = local.v }
}
resource "aws_api_gateway_vpc_link" "l" {
  name        = "link-${local.v}"
  target_arns = ["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/nlb/50dc6c495c0c9188"]
}
resource "aws_api_gateway_rest_api" "r" {
  name                     = "tf-${local.v}"
  description              = "desc ${local.v}"
  binary_media_types       = var.change ? ["image/png", "image/gif"] : ["image/png"]
  minimum_compression_size = var.change ? 2000 : 1000
  api_key_source           = "HEADER"
  tags                     = { team = local.v }
  endpoint_configuration { types = ["REGIONAL"] }
}
resource "aws_api_gateway_rest_api_policy" "p" {
  rest_api_id = aws_api_gateway_rest_api.pol.id
  policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "execute-api:Invoke", Resource = "${aws_api_gateway_rest_api.pol.execution_arn}/*", Condition = { IpAddress = { "aws:SourceIp" = var.change ? "10.0.0.0/8" : "127.0.0.0/8" } } }] })
}
resource "aws_api_gateway_rest_api" "pol" { name = "tf-policy" }
resource "aws_api_gateway_rest_api" "body" {
  name = "tf-body"
  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "tf-body", version = local.v }
    paths   = { "/x" = { get = { responses = { "200" = { description = "ok" } }, "x-amazon-apigateway-integration" = { type = "mock", requestTemplates = { "application/json" = "{\"statusCode\": 200}" }, responses = { default = { statusCode = "200" } } } } } }
  })
}
resource "aws_api_gateway_resource" "thing" {
  rest_api_id = aws_api_gateway_rest_api.r.id
  parent_id   = aws_api_gateway_rest_api.r.root_resource_id
  path_part   = "thing"
}
resource "aws_api_gateway_resource" "renamed" {
  rest_api_id = aws_api_gateway_rest_api.r.id
  parent_id   = var.change ? aws_api_gateway_resource.thing.id : aws_api_gateway_rest_api.r.root_resource_id
  path_part   = "renamed-${local.v}"
}
resource "aws_api_gateway_resource" "sub" {
  rest_api_id = aws_api_gateway_rest_api.r.id
  parent_id   = aws_api_gateway_resource.thing.id
  path_part   = "{id}"
}
resource "aws_api_gateway_model" "m" {
  rest_api_id  = aws_api_gateway_rest_api.r.id
  name         = "Thing"
  description  = "model ${local.v}"
  content_type = "application/json"
  schema       = jsonencode({ "$schema" = "http://json-schema.org/draft-04/schema#", type = "object", title = local.v, properties = { a = { type = "string" } } })
}
resource "aws_api_gateway_request_validator" "v" {
  rest_api_id                 = aws_api_gateway_rest_api.r.id
  name                        = "val-${local.v}"
  validate_request_body       = true
  validate_request_parameters = var.change
}
resource "aws_api_gateway_authorizer" "a" {
  name                             = "auth-${local.v}"
  rest_api_id                      = aws_api_gateway_rest_api.r.id
  authorizer_uri                   = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations"
  authorizer_credentials           = "arn:aws:iam::123456789012:role/x"
  authorizer_result_ttl_in_seconds = var.change ? 0 : 100
  identity_source                  = "method.request.header.Authorization"
  identity_validation_expression   = "Bearer .*"
}
resource "aws_api_gateway_authorizer" "cog" {
  name          = "cog"
  type          = "COGNITO_USER_POOLS"
  rest_api_id   = aws_api_gateway_rest_api.r.id
  provider_arns = var.change ? ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AAAAAAAAA", "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_BBBBBBBBB"] : ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AAAAAAAAA"]
}
resource "aws_api_gateway_method" "get" {
  rest_api_id          = aws_api_gateway_rest_api.r.id
  resource_id          = aws_api_gateway_resource.thing.id
  http_method          = "GET"
  authorization        = "CUSTOM"
  authorizer_id        = aws_api_gateway_authorizer.a.id
  api_key_required     = true
  operation_name       = "getThing${local.v}"
  request_parameters   = var.change ? { "method.request.querystring.q" = true, "method.request.header.h" = false } : { "method.request.querystring.q" = false }
  request_models       = { "application/json" = aws_api_gateway_model.m.name }
  request_validator_id = aws_api_gateway_request_validator.v.id
}
resource "aws_api_gateway_method" "post" {
  rest_api_id          = aws_api_gateway_rest_api.r.id
  resource_id          = aws_api_gateway_resource.thing.id
  http_method          = "POST"
  authorization        = "COGNITO_USER_POOLS"
  authorizer_id        = aws_api_gateway_authorizer.cog.id
  authorization_scopes = var.change ? ["a/read", "a/write"] : ["a/read"]
}
resource "aws_api_gateway_integration" "post" {
  rest_api_id             = aws_api_gateway_rest_api.r.id
  resource_id             = aws_api_gateway_resource.thing.id
  http_method             = aws_api_gateway_method.post.http_method
  type                    = "HTTP"
  integration_http_method = "POST"
  uri                     = "http://example.com/${local.v}"
  connection_type         = "VPC_LINK"
  connection_id           = aws_api_gateway_vpc_link.l.id
  content_handling        = "CONVERT_TO_TEXT"
  tls_config { insecure_skip_verification = var.change }
}
resource "aws_api_gateway_integration" "get" {
  rest_api_id             = aws_api_gateway_rest_api.r.id
  resource_id             = aws_api_gateway_resource.thing.id
  http_method             = aws_api_gateway_method.get.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  timeout_milliseconds    = var.change ? 5000 : 6000
  uri                     = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations"
  cache_key_parameters    = ["method.request.querystring.q"]
  request_parameters      = { "integration.request.querystring.q" = "method.request.querystring.q" }
}
resource "aws_api_gateway_method" "mock" {
  rest_api_id   = aws_api_gateway_rest_api.r.id
  resource_id   = aws_api_gateway_resource.sub.id
  http_method   = "GET"
  authorization = "NONE"
}
resource "aws_api_gateway_integration" "mock" {
  rest_api_id          = aws_api_gateway_rest_api.r.id
  resource_id          = aws_api_gateway_resource.sub.id
  http_method          = aws_api_gateway_method.mock.http_method
  type                 = "MOCK"
  passthrough_behavior = "WHEN_NO_TEMPLATES"
  request_templates    = { "application/json" = "{\"statusCode\": 200}" }
}
resource "aws_api_gateway_method_response" "mock" {
  rest_api_id         = aws_api_gateway_rest_api.r.id
  resource_id         = aws_api_gateway_resource.sub.id
  http_method         = aws_api_gateway_method.mock.http_method
  status_code         = "200"
  response_models     = { "application/json" = var.change ? "Empty" : "Error" }
  response_parameters = { "method.response.header.X-${local.v}" = true }
}
resource "aws_api_gateway_integration_response" "mock" {
  rest_api_id         = aws_api_gateway_rest_api.r.id
  resource_id         = aws_api_gateway_resource.sub.id
  http_method         = aws_api_gateway_integration.mock.http_method
  status_code         = aws_api_gateway_method_response.mock.status_code
  response_parameters = { "method.response.header.X-${local.v}" = "'${local.v}'" }
  response_templates  = { "application/json" = "{\"v\":\"${local.v}\"}" }
}
resource "aws_api_gateway_gateway_response" "g" {
  rest_api_id         = aws_api_gateway_rest_api.r.id
  response_type       = "UNAUTHORIZED"
  status_code         = "401"
  response_templates  = { "application/json" = "{\"m\":\"${local.v}\"}" }
  response_parameters = { "gatewayresponse.header.X" = "'${local.v}'" }
}
resource "aws_api_gateway_documentation_part" "d" {
  rest_api_id = aws_api_gateway_rest_api.r.id
  location {
    type   = "METHOD"
    method = "GET"
    path   = "/thing-${local.v}"
  }
  properties = jsonencode({ description = local.v })
}
resource "aws_api_gateway_documentation_version" "d" {
  rest_api_id = aws_api_gateway_rest_api.r.id
  version     = "v1"
  description = local.v
  depends_on  = [aws_api_gateway_documentation_part.d]
}
resource "aws_api_gateway_deployment" "d" {
  rest_api_id = aws_api_gateway_rest_api.r.id
  description = local.v
  triggers    = { v = local.v }
  depends_on  = [aws_api_gateway_integration.get, aws_api_gateway_integration.post, aws_api_gateway_integration_response.mock]
  lifecycle { create_before_destroy = true }
}
resource "aws_api_gateway_stage" "s" {
  rest_api_id           = aws_api_gateway_rest_api.r.id
  deployment_id         = aws_api_gateway_deployment.d.id
  stage_name            = "prod"
  description           = local.v
  variables             = var.change ? { a = "1", b = "2" } : { a = "0" }
  cache_cluster_enabled = true
  cache_cluster_size    = var.change ? "1.6" : "0.5"
  xray_tracing_enabled  = var.change
  client_certificate_id = aws_api_gateway_client_certificate.c.id
  documentation_version = aws_api_gateway_documentation_version.d.version
  tags                  = { a = local.v }
  access_log_settings {
    destination_arn = "arn:aws:logs:us-east-1:123456789012:log-group:x"
    format          = "$context.requestId ${local.v}"
  }
  canary_settings {
    deployment_id            = aws_api_gateway_deployment.d.id
    percent_traffic          = var.change ? 33.33 : 10
    stage_variable_overrides = { a = local.v }
    use_stage_cache          = var.change
  }
}
resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.r.id
  stage_name  = aws_api_gateway_stage.s.stage_name
  method_path = "*/*"
  settings {
    metrics_enabled        = true
    logging_level          = var.change ? "ERROR" : "INFO"
    throttling_rate_limit  = var.change ? 200.5 : 100
    throttling_burst_limit = 50
  }
}
resource "aws_api_gateway_method_settings" "one" {
  rest_api_id = aws_api_gateway_rest_api.r.id
  stage_name  = aws_api_gateway_stage.s.stage_name
  method_path = "${trimprefix(aws_api_gateway_resource.thing.path, "/")}/GET"
  settings {
    caching_enabled                            = true
    cache_ttl_in_seconds                       = var.change ? 10 : 20
    unauthorized_cache_control_header_strategy = "FAIL_WITH_403"
  }
}
resource "aws_api_gateway_api_key" "k" {
  name        = "key-${local.v}"
  description = local.v
  enabled     = !var.change
  customer_id = local.v
  tags        = { a = local.v }
}
resource "aws_api_gateway_usage_plan" "u" {
  name         = "plan-${local.v}"
  description  = local.v
  product_code = "PC${local.v}"
  api_stages {
    api_id = aws_api_gateway_rest_api.r.id
    stage  = aws_api_gateway_stage.s.stage_name
    throttle {
      path        = "${aws_api_gateway_resource.thing.path}/GET"
      rate_limit  = var.change ? 7 : 5
      burst_limit = 3
    }
  }
  quota_settings {
    limit  = var.change ? 200 : 100
    offset = 2
    period = "WEEK"
  }
  throttle_settings {
    burst_limit = 5
    rate_limit  = var.change ? 20.5 : 10
  }
  tags = { a = local.v }
}
resource "aws_api_gateway_usage_plan_key" "uk" {
  key_id        = aws_api_gateway_api_key.k.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.u.id
}
resource "aws_api_gateway_domain_name" "reg" {
  domain_name              = "api.tf.example.com"
  regional_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/${var.change ? "22222222" : "11111111"}-2222-3333-4444-555555555555"
  security_policy          = "TLS_1_2"
  endpoint_configuration { types = ["REGIONAL"] }
  tags = { a = local.v }
}
resource "aws_api_gateway_domain_name" "edge" {
  domain_name     = "edge.tf.example.com"
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
}
resource "aws_api_gateway_domain_name" "priv" {
  domain_name     = "priv.tf.example.com"
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
  policy          = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "execute-api:Invoke", Resource = ["execute-api:/*"] }] })
  endpoint_configuration { types = ["PRIVATE"] }
}
resource "aws_api_gateway_domain_name_access_association" "x" {
  access_association_source      = "vpce-0123456789abcdef0"
  access_association_source_type = "VPCE"
  domain_name_arn                = aws_api_gateway_domain_name.priv.arn
}
resource "aws_api_gateway_base_path_mapping" "root" {
  api_id      = aws_api_gateway_rest_api.r.id
  stage_name  = aws_api_gateway_stage.s.stage_name
  domain_name = aws_api_gateway_domain_name.reg.domain_name
}
resource "aws_api_gateway_base_path_mapping" "b" {
  api_id      = aws_api_gateway_rest_api.r.id
  stage_name  = aws_api_gateway_stage.s.stage_name
  domain_name = aws_api_gateway_domain_name.reg.domain_name
  base_path   = "base-${local.v}"
}
resource "aws_api_gateway_rest_api_put" "put" {
  fail_on_warnings = false # else the provider leaves it unknown
  rest_api_id      = aws_api_gateway_rest_api.pol.id
  body             = jsonencode({ swagger = "2.0", info = { title = "tf-policy", version = local.v }, paths = { "/p" = { get = { responses = {}, "x-amazon-apigateway-integration" = { type = "mock" } } } } })
}
data "aws_api_gateway_rest_api" "r" {
  name = aws_api_gateway_rest_api.r.name
}
data "aws_api_gateway_resource" "t" {
  rest_api_id = aws_api_gateway_rest_api.r.id
  path        = aws_api_gateway_resource.thing.path
}
data "aws_api_gateway_api_key" "k" { id = aws_api_gateway_api_key.k.id }
data "aws_api_gateway_api_keys" "k" { depends_on = [aws_api_gateway_api_key.k] }
data "aws_api_gateway_authorizer" "a" {
  rest_api_id   = aws_api_gateway_rest_api.r.id
  authorizer_id = aws_api_gateway_authorizer.a.id
}
data "aws_api_gateway_authorizers" "a" { rest_api_id = aws_api_gateway_authorizer.a.rest_api_id }
data "aws_api_gateway_domain_name" "d" { domain_name = aws_api_gateway_domain_name.reg.domain_name }
data "aws_api_gateway_vpc_link" "l" { name = aws_api_gateway_vpc_link.l.name }
data "aws_api_gateway_export" "e" {
  rest_api_id = aws_api_gateway_stage.s.rest_api_id
  stage_name  = aws_api_gateway_stage.s.stage_name
  export_type = "oas30"
}
data "aws_api_gateway_sdk" "s" {
  rest_api_id = aws_api_gateway_stage.s.rest_api_id
  stage_name  = aws_api_gateway_stage.s.stage_name
  sdk_type    = "javascript"
}
output "sdk" { value = length(data.aws_api_gateway_sdk.s.body) }
