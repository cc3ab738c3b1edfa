# A function and the API before it in one apply.
variable "change" { default = false }
locals { code = "${path.module}/${var.change ? "second" : "first"}.zip" }
resource "aws_lambda_function" "f" {
  function_name    = "tf-hello"
  description      = "behind an API"
  role             = "arn:aws:iam::123456789012:role/functions"
  runtime          = var.change ? "python3.12" : "nodejs20.x"
  handler          = var.change ? "app.handler" : "index.handler"
  filename         = local.code
  source_code_hash = filebase64sha256(local.code)
  publish          = true
  memory_size      = var.change ? 256 : 128
  timeout          = 10
  environment { variables = { GREETING = var.change ? "two" : "one" } }
  tags = { team = "tf" }
}
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.f.function_name
  function_version = aws_lambda_function.f.version
}
resource "aws_lambda_permission" "api" {
  statement_id  = "its-api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.f.function_name
  qualifier     = aws_lambda_alias.live.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.r.execution_arn}/*"
}
resource "aws_lambda_function_event_invoke_config" "f" {
  function_name          = aws_lambda_function.f.function_name
  maximum_retry_attempts = var.change ? 1 : 0
}
resource "aws_api_gateway_rest_api" "r" { name = "tf-function" }
resource "aws_api_gateway_resource" "hello" {
  rest_api_id = aws_api_gateway_rest_api.r.id
  parent_id   = aws_api_gateway_rest_api.r.root_resource_id
  path_part   = "hello"
}
resource "aws_api_gateway_method" "hello" {
  rest_api_id   = aws_api_gateway_rest_api.r.id
  resource_id   = aws_api_gateway_resource.hello.id
  http_method   = "POST"
  authorization = "NONE"
}
resource "aws_api_gateway_integration" "hello" {
  rest_api_id             = aws_api_gateway_rest_api.r.id
  resource_id             = aws_api_gateway_resource.hello.id
  http_method             = aws_api_gateway_method.hello.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_alias.live.invoke_arn
}
resource "aws_api_gateway_deployment" "d" {
  rest_api_id = aws_api_gateway_rest_api.r.id
  depends_on  = [aws_api_gateway_integration.hello]
}
resource "aws_api_gateway_stage" "tf" {
  rest_api_id   = aws_api_gateway_rest_api.r.id
  deployment_id = aws_api_gateway_deployment.d.id
  stage_name    = "tf"
}
output "api" { value = aws_api_gateway_rest_api.r.id }
