# All that Terraform knows of what is spoken here, each part a module of its own. ToolsIT applies it twice, the second
# time with change = true: in one go, as every run of Terraform begins with the provider's schema, which takes seconds.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "5.100.0" }
  }
}
variable "url" {}
variable "account" {}
variable "change" { default = false }
provider "aws" {
  region                  = "us-east-1"
  skip_metadata_api_check = true
  skip_region_validation  = true
  endpoints {
    apigateway = var.url
    cognitoidp = var.url
    iam        = var.url
    lambda     = var.url
    sts        = var.url
  }
}
module "everything" {
  source  = "./everything"
  account = var.account
  change  = var.change
}
module "function" {
  source = "./function"
  change = var.change
}
module "iam" {
  source  = "./iam"
  account = var.account
  change  = var.change
}
module "pools" {
  source = "./pools"
  change = var.change
}
output "api" { value = module.function.api }
