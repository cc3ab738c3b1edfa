package io.gatehouse.admin.awsface;

import io.gatehouse.model.aws.DeliveryStream;
import io.gatehouse.model.snapshot.VpcLinkTags;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.DomainName;
import software.amazon.awssdk.services.apigateway.model.GetStagesResponse;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.VpcLink;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionResponse;
import software.amazon.awssdk.services.lambda.model.LogFormat;
import software.amazon.awssdk.services.lambda.model.LoggingConfig;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;
import software.amazon.awssdk.services.lambda.model.TracingMode;

/**
 * Tells beside an answer which of its settings are kept but not enforced yet, so that nobody takes
 * the vendor's words for the vendor's deeds.
 */
final class Notice {

  static final String HEADER = "x-gatehouse-notice";

  /** Megabytes. */
  private static final int USUAL_STORAGE = 512;

  private Notice() {}

  /**
   * One sentence; empty when nodes do all that the answer says.
   *
   * @param account whose things the answer is about
   */
  static Optional<String> of(String account, SdkPojo answer) {
    return switch (answer) {
      case Stage stage -> kept(List.of(stage), one -> of(account, one));
      case GetStagesResponse list -> kept(list.item(), one -> of(account, one));
      case ApiKey key ->
          key.stageKeys().isEmpty()
              ? Optional.empty()
              : Optional.of("Kept but without effect: stageKeys; usage plans open stages.");
      case VpcLink link ->
          link.tags().containsKey(VpcLinkTags.TARGETS)
              ? Optional.empty()
              : Optional.of("The VPC link leads nowhere without the tag gatehouse:targets.");
      case DomainName domain when domain.domainNameId() != null ->
          kept(List.of(domain), d -> Set.of("the private domain name"));
      case FunctionConfiguration function -> kept(List.of(function), Notice::of);
      case GetFunctionResponse found when found.configuration() != null ->
          kept(List.of(found.configuration()), Notice::of);
      case ListFunctionsResponse list -> kept(list.functions(), Notice::of);
      case ListVersionsByFunctionResponse list -> kept(list.versions(), Notice::of);
      default -> Optional.empty();
    };
  }

  private static <T> Optional<String> kept(
      Collection<T> shapes, Function<T, Set<String>> settings) {
    Set<String> names = new LinkedHashSet<>();
    shapes.forEach(shape -> names.addAll(settings.apply(shape)));
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of("Kept but not enforced yet: " + String.join(", ", names) + ".");
  }

  private static Set<String> of(String account, Stage stage) {
    Set<String> names = new LinkedHashSet<>();
    add(
        names,
        "accessLogSettings.destinationArn",
        stage.accessLogSettings() != null
            && stage.accessLogSettings().destinationArn() != null
            && DeliveryStream.of(stage.accessLogSettings().destinationArn())
                .filter(stream -> stream.account().equals(account))
                .isEmpty());
    add(names, "webAclArn", stage.webAclArn() != null);
    return names;
  }

  private static Set<String> of(FunctionConfiguration function) {
    Set<String> names = new LinkedHashSet<>();
    add(
        names,
        "TracingConfig",
        function.tracingConfig() != null && function.tracingConfig().mode() == TracingMode.ACTIVE);
    add(
        names,
        "EphemeralStorage",
        function.ephemeralStorage() != null
            && function.ephemeralStorage().size() != null
            && function.ephemeralStorage().size() != USUAL_STORAGE);
    add(
        names,
        "SnapStart",
        function.snapStart() != null
            && function.snapStart().applyOn() == SnapStartApplyOn.PUBLISHED_VERSIONS);
    add(names, "LoggingConfig", isUnusual(function.loggingConfig(), function.functionName()));
    return names;
  }

  private static boolean isUnusual(LoggingConfig logging, String function) {
    return logging != null
        && (logging.logFormat() == LogFormat.JSON
            || logging.applicationLogLevel() != null
            || logging.systemLogLevel() != null
            || logging.logGroup() != null && !logging.logGroup().equals("/aws/lambda/" + function));
  }

  private static void add(Set<String> names, String name, boolean there) {
    if (there) {
      names.add(name);
    }
  }
}
