package io.gatehouse.model.definition;

import io.gatehouse.model.wire.ApiError;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;

/** Which addresses an integration may have, by its type; variables in them are left alone. */
final class IntegrationUris {

  private static final Pattern HTTP =
      Pattern.compile("https?://[^/?#\\s\\p{Cntrl}]+[^\\s\\p{Cntrl}]*", Pattern.CASE_INSENSITIVE);
  private static final Pattern LAMBDA =
      Pattern.compile(
          "path/2015-03-31/functions/.+/invocations"
              + "|path/2021-11-15/functions/.+/response-streaming-invocations");

  private IntegrationUris() {}

  static void check(IntegrationType type, String uri) {
    switch (type) {
      case HTTP, HTTP_PROXY -> checkHttp(uri);
      case AWS -> checkArn(uri);
      case AWS_PROXY -> checkProxyArn(uri);
      default -> {}
    }
  }

  private static void checkHttp(String uri) {
    if (uri == null || !HTTP.matcher(uri).matches()) {
      throw ApiError.badRequest("Invalid HTTP endpoint specified for URI");
    }
  }

  private static String[] checkArn(String uri) {
    String[] parts = uri == null ? new String[0] : uri.split(":", 6);
    if (parts.length < 6 || !parts[0].equals("arn")) {
      throw ApiError.badRequest("Invalid ARN specified in the request");
    }
    if (!parts[5].startsWith("path/") && !parts[5].startsWith("action/")) {
      throw ApiError.badRequest("AWS ARN for integration must contain path or action");
    }
    return parts;
  }

  private static void checkProxyArn(String uri) {
    String[] parts = checkArn(uri);
    boolean lambda = parts[4].equals("lambda") && LAMBDA.matcher(parts[5]).matches();
    boolean firehose = parts[4].equals("firehose") && parts[5].startsWith("action/");
    if (!lambda && !firehose) {
      throw ApiError.badRequest(
          "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose"
              + " stream invocations.");
    }
  }

  static boolean isLambda(String uri) {
    String[] parts = uri.split(":", 6);
    return parts.length == 6 && parts[4].equals("lambda");
  }
}
