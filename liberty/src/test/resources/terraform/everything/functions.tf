# A function, who may invoke it, a name for its version, what it shares, and an API in front of it. ToolsIT puts the
# archives beside it.
variable "account" {}
resource "aws_lambda_layer_version" "shared" {
  layer_name          = "tf-shared"
  filename            = "${path.module}/layer.zip"
  source_code_hash    = filebase64sha256("${path.module}/layer.zip")
  compatible_runtimes = ["nodejs20.x"]
}
resource "aws_lambda_function" "f" {
  function_name                  = "tf-function"
  role                           = "arn:aws:iam::${var.account}:role/functions"
  runtime                        = "nodejs20.x"
  handler                        = "index.handler"
  filename                       = "${path.module}/code-${local.v}.zip"
  source_code_hash               = filebase64sha256("${path.module}/code-${local.v}.zip")
  layers                         = [aws_lambda_layer_version.shared.arn]
  memory_size                    = var.change ? 256 : 128
  timeout                        = 5
  publish                        = true
  reserved_concurrent_executions = var.change ? 3 : 2
  tags                           = { team = local.v }
  environment { variables = { COLOUR = local.v } }
}
resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = local.v
  function_name    = aws_lambda_function.f.function_name
  function_version = aws_lambda_function.f.version
}
resource "aws_lambda_function_event_invoke_config" "f" {
  function_name          = aws_lambda_function.f.function_name
  maximum_retry_attempts = var.change ? 1 : 0
}
resource "aws_lambda_permission" "api" {
  statement_id  = "AllowExecutionFromAPIGateway"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.f.function_name
  qualifier     = aws_lambda_alias.live.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.f.execution_arn}/*"
}
resource "aws_api_gateway_rest_api" "f" { name = "tf-function-api" }
resource "aws_api_gateway_method" "f" {
  rest_api_id   = aws_api_gateway_rest_api.f.id
  resource_id   = aws_api_gateway_rest_api.f.root_resource_id
  http_method   = "GET"
  authorization = "NONE"
}
resource "aws_api_gateway_integration" "f" {
  rest_api_id             = aws_api_gateway_rest_api.f.id
  resource_id             = aws_api_gateway_rest_api.f.root_resource_id
  http_method             = aws_api_gateway_method.f.http_method
  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = aws_lambda_alias.live.invoke_arn
}
resource "aws_api_gateway_deployment" "f" {
  rest_api_id = aws_api_gateway_rest_api.f.id
  depends_on  = [aws_api_gateway_integration.f]
}
resource "aws_api_gateway_stage" "f" {
  rest_api_id   = aws_api_gateway_rest_api.f.id
  deployment_id = aws_api_gateway_deployment.f.id
  stage_name    = "live"
}
