package io.gatehouse.admin.console.iam;

import software.amazon.awssdk.services.iam.model.Policy;

/** How the same is done by tools, ready to copy. */
final class IamSnippets {

  private IamSnippets() {}

  static String create(String endpoint, Holder.Kind kind, String account) {
    return switch (kind) {
      case USER ->
          """
          aws iam create-user --endpoint-url %1$s --user-name ann
          aws iam create-access-key --endpoint-url %1$s --user-name ann"""
              .formatted(endpoint);
      case GROUP ->
          """
          aws iam create-group --endpoint-url %1$s --group-name callers
          aws iam add-user-to-group --endpoint-url %1$s --group-name callers --user-name ann"""
              .formatted(endpoint);
      case ROLE ->
          """
          aws iam create-role --endpoint-url %1$s --role-name caller \\
            --assume-role-policy-document '{"Version": "2012-10-17", "Statement": [{
              "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::%2$s:root"},
              "Action": "sts:AssumeRole"}]}'"""
              .formatted(endpoint, account);
    };
  }

  static String attach(String endpoint, Holder holder, String account) {
    return """
    aws iam attach-%1$s-policy --endpoint-url %2$s \\
      --%1$s-name %3$s \\
      --policy-arn arn:aws:iam::%4$s:policy/POLICY"""
        .formatted(holder.kind().word(), endpoint, holder.name(), account);
  }

  /** With the keys of a user, a call of a method with authorization AWS_IAM. */
  static String call(String gatewayUrl, String region) {
    return """
    curl --aws-sigv4 "aws:amz:%s:execute-api" \\
      --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \\
      %s/_aws/execute-api/API/STAGE/path"""
        .formatted(region, gatewayUrl);
  }

  static String assume(String endpoint, String roleArn) {
    return """
    aws sts assume-role --endpoint-url %s \\
      --role-arn %s \\
      --role-session-name ann"""
        .formatted(endpoint, roleArn);
  }

  static String terraformUser(String name) {
    return """
    resource "aws_iam_user" "%1$s" {
      name = "%2$s"
    }

    resource "aws_iam_access_key" "%1$s" {
      user = aws_iam_user.%1$s.name
    }"""
        .formatted(label(name), name);
  }

  static String terraformGroup(String name) {
    return """
    resource "aws_iam_group" "%s" {
      name = "%s"
    }"""
        .formatted(label(name), name);
  }

  static String terraformRole(String name, String trust, Integer sessionSeconds) {
    return """
    resource "aws_iam_role" "%s" {
      name                 = "%s"
      max_session_duration = %d
      assume_role_policy   = <<-POLICY
    %s
      POLICY
    }"""
        .formatted(label(name), name, sessionSeconds, quoted(trust).indent(4).stripTrailing());
  }

  static String terraformPolicy(Policy policy, String document) {
    return """
    resource "aws_iam_policy" "%s" {
      name   = "%s"
      path   = "%s"
      policy = <<-POLICY
    %s
      POLICY
    }"""
        .formatted(
            label(policy.policyName()),
            policy.policyName(),
            policy.path(),
            quoted(document).indent(4).stripTrailing());
  }

  static String version(String endpoint, String arn) {
    return """
    aws iam create-policy-version --endpoint-url %s \\
      --policy-arn %s \\
      --set-as-default --policy-document file://policy.json"""
        .formatted(endpoint, arn);
  }

  private static String label(String name) {
    String label = name.replaceAll("[^A-Za-z0-9_-]", "-");
    return label.matches("[A-Za-z].*") ? label : "the-" + label;
  }

  /** Policies have variables of their own, which Terraform would fill in. */
  private static String quoted(String text) {
    return text.replace("${", "$${").replace("%{", "%%{");
  }
}
