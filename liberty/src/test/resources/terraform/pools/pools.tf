# User pools: one of this installation and one of an issuer that there is.
variable "change" { default = false }
resource "aws_cognito_user_pool" "shop" {
  name                = "tf-shop"
  deletion_protection = "INACTIVE"
  alias_attributes    = ["email"]
  password_policy {
    minimum_length    = var.change ? 12 : 10
    require_lowercase = true
    require_numbers   = true
    require_symbols   = false
    require_uppercase = false
  }
  admin_create_user_config { allow_admin_create_user_only = true }
  tags = { team = var.change ? "b" : "a" }
}
resource "aws_cognito_resource_server" "orders" {
  user_pool_id = aws_cognito_user_pool.shop.id
  identifier   = "https://orders.example"
  name         = "orders"
  scope {
    scope_name        = "read"
    scope_description = "Read orders"
  }
  dynamic "scope" {
    for_each = var.change ? ["write"] : []
    content {
      scope_name        = scope.value
      scope_description = "Write orders"
    }
  }
}
resource "aws_cognito_user_pool_client" "web" {
  name                   = "web"
  user_pool_id           = aws_cognito_user_pool.shop.id
  explicit_auth_flows    = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  refresh_token_validity = var.change ? 10 : 20
  access_token_validity  = 30
  id_token_validity      = 30
  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }
}
resource "aws_cognito_user_pool_client" "job" {
  name                                 = "job"
  user_pool_id                         = aws_cognito_user_pool.shop.id
  generate_secret                      = true
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["client_credentials"]
  # Not by scope_identifiers: the provider knows those of a changed server only when it reads it again.
  allowed_oauth_scopes = [
    for scope in var.change ? ["read", "write"] : ["read"] :
    "${aws_cognito_resource_server.orders.identifier}/${scope}"
  ]
}
resource "aws_cognito_user_pool" "staff" {
  name = "tf-staff"
  tags = {
    "gatehouse:issuer"  = "https://id.example.com/realms/staff"
    "gatehouse:clients" = var.change ? "web app" : "web"
  }
}
resource "aws_api_gateway_rest_api" "r" { name = "tf-pools" }
resource "aws_api_gateway_authorizer" "people" {
  name          = "people"
  type          = "COGNITO_USER_POOLS"
  rest_api_id   = aws_api_gateway_rest_api.r.id
  provider_arns = [aws_cognito_user_pool.shop.arn, aws_cognito_user_pool.staff.arn]
}
