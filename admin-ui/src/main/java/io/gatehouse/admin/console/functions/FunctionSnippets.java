package io.gatehouse.admin.console.functions;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/** How the same is done by tools, ready to copy; and times as the vendor spells them. */
final class FunctionSnippets {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

  private FunctionSnippets() {}

  static Instant time(String text) {
    return OffsetDateTime.parse(text, TIME).toInstant();
  }

  static String create(String endpoint, String account, String name) {
    return """
    echo 'exports.handler = async () => ({ statusCode: 200, body: "hello" });' > index.js
    zip function.zip index.js
    aws lambda create-function --endpoint-url %s \\
      --function-name %s --runtime nodejs22.x --handler index.handler \\
      --role arn:aws:iam::%s:role/functions \\
      --zip-file fileb://function.zip"""
        .formatted(endpoint, name, account);
  }

  static String update(String endpoint, String name) {
    return """
    aws lambda update-function-code --endpoint-url %s \\
      --function-name %s --zip-file fileb://function.zip"""
        .formatted(endpoint, name);
  }

  static String terraform(FunctionConfiguration function) {
    return """
    resource "aws_lambda_function" "%1$s" {
      function_name    = "%1$s"
      role             = "%2$s"
      runtime          = "%3$s"
      handler          = "%4$s"
      memory_size      = %5$d
      timeout          = %6$d
      filename         = "function.zip"
      source_code_hash = filebase64sha256("function.zip")
    }
    resource "aws_lambda_permission" "%1$s" {
      statement_id  = "AllowExecutionFromAPIGateway"
      action        = "lambda:InvokeFunction"
      function_name = aws_lambda_function.%1$s.function_name
      principal     = "apigateway.amazonaws.com"
    }"""
        .formatted(
            function.functionName(),
            function.role(),
            function.runtimeAsString(),
            function.handler(),
            function.memorySize(),
            function.timeout());
  }
}
