# Users, groups, roles and policies of IAM with all that hangs on them.
variable "account" {}
variable "change" { default = false }
locals { v = var.change ? "two" : "one" }
data "aws_caller_identity" "me" {}
data "aws_iam_policy_document" "invoke" {
  statement {
    sid       = "Invoke"
    actions   = ["execute-api:Invoke"]
    resources = ["arn:aws:execute-api:us-east-1:${data.aws_caller_identity.me.account_id}:*/${local.v}/*"]
    condition {
      test     = "IpAddress"
      variable = "aws:SourceIp"
      values   = ["10.0.0.0/8", "127.0.0.0/8"]
    }
  }
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["apigateway.amazonaws.com"]
    }
  }
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_user.u.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [local.v]
    }
  }
}
resource "aws_iam_policy" "p" {
  name        = "tf-invoke"
  path        = "/tf/"
  description = "Invoke the stage"
  policy      = data.aws_iam_policy_document.invoke.json
  tags        = { team = local.v }
}
resource "aws_iam_policy" "boundary" {
  name   = "tf-boundary"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["execute-api:*", "sts:*"], Resource = "*" }] })
}
resource "aws_iam_user" "u" {
  name                 = "tf-user-${local.v}"
  path                 = "/tf/"
  permissions_boundary = var.change ? null : aws_iam_policy.boundary.arn
  force_destroy        = true
  tags                 = { team = "one" } # the provider tags by the new name before it renames
}
resource "aws_iam_access_key" "k" {
  user   = aws_iam_user.u.name
  status = var.change ? "Inactive" : "Active"
}
resource "aws_iam_user_policy" "inline" {
  name   = "inline"
  user   = aws_iam_user.u.name
  policy = data.aws_iam_policy_document.invoke.json
}
resource "aws_iam_user_policy_attachment" "u" {
  user       = aws_iam_user.u.name
  policy_arn = aws_iam_policy.p.arn
}
resource "aws_iam_group" "g" {
  name = "tf-group-${local.v}"
  path = "/tf/"
}
resource "aws_iam_group_membership" "m" {
  name  = "tf-members"
  group = aws_iam_group.g.name
  users = [aws_iam_user.u.name]
}
resource "aws_iam_group" "other" { name = "tf-other" }
resource "aws_iam_group" "third" { name = "tf-third" }
resource "aws_iam_user" "second" {
  name = "tf-second"
  tags = { team = local.v }
}
resource "aws_iam_user_group_membership" "second" {
  user   = aws_iam_user.second.name
  groups = var.change ? [aws_iam_group.other.name, aws_iam_group.third.name] : [aws_iam_group.other.name]
}
resource "aws_iam_group_policy" "inline" {
  name   = "inline"
  group  = aws_iam_group.g.name
  policy = data.aws_iam_policy_document.invoke.json
}
resource "aws_iam_group_policy_attachment" "g" {
  group      = aws_iam_group.g.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonAPIGatewayInvokeFullAccess"
}
resource "aws_iam_role" "r" {
  name                 = "tf-role"
  path                 = "/tf/"
  description          = "role ${local.v}"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = var.change ? 7200 : 3600
  permissions_boundary = var.change ? aws_iam_policy.boundary.arn : null
  tags                 = { team = local.v }
}
resource "aws_iam_role_policy" "inline" {
  name   = "inline"
  role   = aws_iam_role.r.id
  policy = data.aws_iam_policy_document.invoke.json
}
resource "aws_iam_role_policy_attachment" "r" {
  role       = aws_iam_role.r.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}
resource "aws_iam_policy_attachment" "all" {
  name       = "tf-everybody"
  users      = [aws_iam_user.second.name]
  roles      = [aws_iam_role.r.name]
  groups     = [aws_iam_group.other.name]
  policy_arn = aws_iam_policy.shared.arn
}
resource "aws_iam_policy" "shared" {
  name   = "tf-shared"
  policy = data.aws_iam_policy_document.invoke.json
}
data "aws_iam_user" "u" { user_name = aws_iam_user.u.name }
data "aws_iam_group" "g" { group_name = aws_iam_group_membership.m.group }
data "aws_iam_role" "r" { name = aws_iam_role.r.name }
data "aws_iam_policy" "p" { arn = aws_iam_policy.p.arn }
data "aws_iam_policy" "named" { name = aws_iam_policy.shared.name }
output "access_key" { value = aws_iam_access_key.k.id }
