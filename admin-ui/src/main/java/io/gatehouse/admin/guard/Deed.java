package io.gatehouse.admin.guard;

import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.aws.FunctionName;
import io.gatehouse.model.wire.Members;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;

/**
 * An operation as policies and audit see it.
 *
 * @param operation as the vendor spells it
 * @param action as policies name it
 * @param resource the ARN; {@code *} for what has none
 * @param level how much it takes
 */
record Deed(
    String operation, String action, String resource, AccessLevel level, AuditEntry.Kind kind) {

  static final String LAMBDA = "lambda";
  static final String USER_POOLS = "cognito-idp";
  static final String CLOUDWATCH = "cloudwatch";

  private static final String EVERYTHING = "*";
  private static final int LONGEST_SHOWN = 300;

  /** Operations whose action has another name. */
  private static final Map<String, String> ACTIONS =
      Map.of("Invoke", "InvokeFunction", "GetLayerVersionByArn", "GetLayerVersion");

  /**
   * Of API Gateway, where policies name verbs and paths.
   *
   * @param path of the service model with its labels filled in
   */
  static Deed apigateway(
      String region, String verb, String path, String operation, SdkPojo request) {
    boolean reads = verb.equals("GET");
    return new Deed(
        operation,
        "apigateway:" + verb,
        Arn.apigateway(region, path).toString(),
        reads ? AccessLevel.READ : AccessLevel.WRITE,
        reads && !revealsKeys(operation, request) ? AuditEntry.Kind.READ : AuditEntry.Kind.CHANGE);
  }

  /** Whether the answer shows values of API keys; whoever has seen one can use it. */
  private static boolean revealsKeys(String operation, SdkPojo request) {
    return operation.equals("GetUsagePlanKey")
        || Stream.of("includeValue", "includeValues")
            .anyMatch(member -> text(request, member).filter("true"::equals).isPresent());
  }

  /**
   * Of Lambda, where they name operations. An invocation changes nothing here, so it is recorded
   * when it is refused.
   */
  static Deed lambda(Caller caller, String region, String verb, String operation, SdkPojo request) {
    boolean reads = verb.equals("GET");
    boolean invokes = operation.equals("Invoke");
    return new Deed(
        operation,
        LAMBDA + ":" + ACTIONS.getOrDefault(operation, operation),
        lambdaResource(caller, region, request, invokes),
        reads ? AccessLevel.READ : AccessLevel.WRITE,
        reads ? AuditEntry.Kind.READ : invokes ? AuditEntry.Kind.EITHER : AuditEntry.Kind.CHANGE);
  }

  /**
   * Of user pools, where they name operations. Who reads a client is told its secret, and who asks
   * for tokens acts as somebody: both take more than a viewer.
   */
  static Deed userPools(Caller caller, String region, String operation, SdkPojo request) {
    boolean reveals = operation.equals("DescribeUserPoolClient");
    boolean signsIn = operation.equals("AdminInitiateAuth");
    boolean reads = operation.matches("(Describe|List|Get|AdminGet).*");
    String resource =
        text(request, "UserPoolId")
            .map(
                pool ->
                    new Arn("aws", USER_POOLS, region, caller.account(), "userpool/" + pool)
                        .toString())
            .or(() -> text(request, "ResourceArn"))
            .orElse(EVERYTHING);
    return new Deed(
        operation,
        USER_POOLS + ":" + operation,
        resource,
        reads && !reveals ? AccessLevel.READ : AccessLevel.WRITE,
        reads && !reveals
            ? AuditEntry.Kind.READ
            : signsIn ? AuditEntry.Kind.EITHER : AuditEntry.Kind.CHANGE);
  }

  /** Of CloudWatch, whose metrics have no ARNs; all that is built only looks. */
  static Deed metrics(String operation) {
    return new Deed(
        operation,
        CLOUDWATCH + ":" + operation,
        EVERYTHING,
        AccessLevel.READ,
        AuditEntry.Kind.READ);
  }

  private static String lambdaResource(
      Caller caller, String region, SdkPojo request, boolean qualified) {
    Optional<String> function = text(request, "FunctionName");
    if (function.isPresent()) {
      return function(
          caller,
          region,
          function.get(),
          qualified ? text(request, "Qualifier") : Optional.empty());
    }
    Optional<String> whole = text(request, "Resource").or(() -> text(request, "Arn"));
    if (whole.isPresent()) {
      return whole.get();
    }
    return text(request, "LayerName")
        .map(
            layer ->
                (layer.startsWith("arn:")
                        ? layer
                        : new Arn("aws", LAMBDA, region, caller.account(), "layer:" + layer)
                            .toString())
                    + text(request, "VersionNumber").map(number -> ":" + number).orElse(""))
        .orElse(EVERYTHING);
  }

  /** A name that is none is told so a moment later. */
  private static String function(
      Caller caller, String region, String text, Optional<String> qualifier) {
    Optional<FunctionName> named = FunctionName.parse(text);
    String name = named.map(FunctionName::name).orElse(text);
    String arn =
        FunctionName.arn(
                named.flatMap(FunctionName::region).orElse(region),
                named.flatMap(FunctionName::account).orElse(caller.account()),
                name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "..." : name)
            .toString();
    return qualifier.map(q -> arn + ":" + q).orElse(arn);
  }

  private static Optional<String> text(SdkPojo request, String member) {
    return Members.find(request, member).map(Object::toString);
  }

  /** Whose the resource is; empty for what belongs to no one account. */
  Optional<String> owner() {
    return Arn.parse(resource).map(Arn::account).filter(account -> !account.isEmpty());
  }
}
