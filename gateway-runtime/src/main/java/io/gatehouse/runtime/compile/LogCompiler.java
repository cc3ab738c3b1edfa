package io.gatehouse.runtime.compile;

import io.gatehouse.model.aws.DeliveryStream;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.snapshot.RedactTag;
import io.gatehouse.runtime.exchange.AccessLine;
import io.gatehouse.runtime.exchange.AuthorizerTarget.IdentitySource;
import io.gatehouse.runtime.exchange.AuthorizerTarget.IdentitySource.Kind;
import io.gatehouse.runtime.exchange.MethodLogging;
import io.gatehouse.runtime.exchange.MethodLogging.Level;
import io.gatehouse.runtime.exchange.Redaction;
import io.gatehouse.runtime.exchange.StageLogging;
import io.gatehouse.runtime.log.AccessLogFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.AccessLogSettings;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * Compiles what a stage logs. Unlike the vendor's, one that says nothing of it logs what is refused
 * or fails.
 */
final class LogCompiler {

  private final String account;
  private final Stage stage;
  private final Redaction redaction;

  LogCompiler(String account, Stage stage, ApiDefinition definition) {
    this.account = account;
    this.stage = stage;
    List<IdentitySource> sources = IdentitySources.of(definition);
    this.redaction = Redaction.with(names(sources, Kind.HEADER), names(sources, Kind.QUERY_STRING));
  }

  /** Named by the stage's author, and all that callers are known by. */
  private List<String> names(List<IdentitySource> sources, Kind kind) {
    List<String> names = new ArrayList<>(RedactTag.names(stage));
    sources.stream().filter(s -> s.kind() == kind).forEach(s -> names.add(s.name()));
    return names;
  }

  StageLogging stage() {
    return new StageLogging(
        method(Optional.ofNullable(stage.methodSettings().get("*/*"))), accessLog(), stream());
  }

  /** Of the stage's own account alone: others have not said that they want its lines. */
  private DeliveryStream stream() {
    return Optional.ofNullable(stage.accessLogSettings())
        .map(AccessLogSettings::destinationArn)
        .flatMap(DeliveryStream::of)
        .filter(stream -> stream.account().equals(account))
        .orElse(null);
  }

  private AccessLine accessLog() {
    String format = stage.accessLogSettings() == null ? null : stage.accessLogSettings().format();
    return format == null || format.isBlank() ? null : AccessLogFormat.compile(format);
  }

  /**
   * @param setting of the method, or of all
   */
  MethodLogging method(Optional<MethodSetting> setting) {
    Level level = level(setting.map(MethodSetting::loggingLevel).orElse("ERROR"));
    boolean traces = setting.map(MethodSetting::dataTraceEnabled).orElse(false);
    return new MethodLogging(level, traces && level != Level.OFF, redaction);
  }

  private static Level level(String name) {
    return switch (name) {
      case "OFF" -> Level.OFF;
      case "INFO" -> Level.INFO;
      default -> Level.ERROR;
    };
  }
}
