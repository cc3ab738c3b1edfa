package io.gatehouse.model.aws;

import java.util.Optional;

/**
 * An Amazon Resource Name.
 *
 * @param account empty for what API Gateway tags and permits: its control-plane ARNs have none
 * @param resource all after the fifth colon, colons and slashes included
 */
public record Arn(
    String partition, String service, String region, String account, String resource) {

  private static final int LONGEST = 2048;

  /** Empty when the text is not an ARN. */
  public static Optional<Arn> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String[] parts = text.split(":", 6);
    if (parts.length < 6
        || !parts[0].equals("arn")
        || parts[1].isEmpty()
        || parts[2].isEmpty()
        || parts[5].isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]));
  }

  /**
   * What is tagged, and what permission is asked for.
   *
   * @param path as {@code /restapis/a1b2c3d4e5/stages/prod}
   */
  public static Arn apigateway(String region, String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("the path of an ARN starts with /, not as " + path);
    }
    return new Arn("aws", "apigateway", region, "", path);
  }

  /**
   * What is invoked.
   *
   * @param path with or without its leading slash
   */
  public static Arn executeApi(
      String region, String account, String apiId, String stage, String verb, String path) {
    String tail = path.startsWith("/") ? path.substring(1) : path;
    return new Arn(
        "aws", "execute-api", region, account, String.join("/", apiId, stage, verb, tail));
  }

  /** Of a person or program of the tenant, as GetCallerIdentity answers it. */
  public static Arn user(String account, String name) {
    return new Arn("aws", "iam", "", account, "user/" + name);
  }

  @Override
  public String toString() {
    return String.join(":", "arn", partition, service, region, account, resource);
  }
}
