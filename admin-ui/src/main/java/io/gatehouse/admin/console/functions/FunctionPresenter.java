package io.gatehouse.admin.console.functions;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.functions.Aliases;
import io.gatehouse.admin.functions.FunctionConcurrency;
import io.gatehouse.admin.functions.FunctionPolicies;
import io.gatehouse.admin.functions.Functions;
import io.gatehouse.admin.functions.Invocations;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.wire.ApiError;
import jakarta.json.JsonReader;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.CreateAliasRequest;
import software.amazon.awssdk.services.lambda.model.DeleteAliasRequest;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionRequest;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.GetPolicyRequest;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ListAliasesRequest;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionRequest;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.PublishVersionRequest;
import software.amazon.awssdk.services.lambda.model.PutFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.UpdateAliasRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/** Shows one function and changes it. */
final class FunctionPresenter {

  interface Screen {
    void show(Shown function);

    /**
     * What came of a test.
     *
     * @param error empty when the function did not fail
     * @param log its last lines
     */
    void answered(String payload, Optional<String> error, String log);

    void notice(String text);

    void gone(String text);
  }

  /**
   * A function with what hangs on it.
   *
   * @param policy its own, as JSON; empty when there is none
   * @param concurrency reserved for it; empty when it shares
   */
  record Shown(
      FunctionConfiguration configuration,
      Optional<Integer> concurrency,
      List<FunctionConfiguration> versions,
      List<AliasConfiguration> aliases,
      Optional<String> policy) {}

  /**
   * What the dialog is filled in with.
   *
   * @param concurrency reserved for it; empty when it shares
   */
  record Configuration(
      String runtime,
      String handler,
      String role,
      int memory,
      int timeout,
      Optional<Integer> concurrency) {}

  private final Functions functions;
  private final Aliases aliases;
  private final FunctionPolicies policies;
  private final Invocations invocations;
  private final FunctionConcurrency concurrency;
  private final Supplier<Caller> caller;
  private final Screen screen;

  FunctionPresenter(
      Functions functions,
      Aliases aliases,
      FunctionPolicies policies,
      Invocations invocations,
      FunctionConcurrency concurrency,
      Supplier<Caller> caller,
      Screen screen) {
    this.functions = functions;
    this.aliases = aliases;
    this.policies = policies;
    this.invocations = invocations;
    this.concurrency = concurrency;
    this.caller = caller;
    this.screen = screen;
  }

  void load(String name) {
    Caller me = caller.get();
    GetFunctionResponse function =
        functions.getFunction(me, GetFunctionRequest.builder().functionName(name).build());
    screen.show(
        new Shown(
            function.configuration(),
            Optional.ofNullable(function.concurrency())
                .map(concurrency -> concurrency.reservedConcurrentExecutions()),
            functions
                .listVersionsByFunction(
                    me, ListVersionsByFunctionRequest.builder().functionName(name).build())
                .versions(),
            aliases
                .listAliases(me, ListAliasesRequest.builder().functionName(name).build())
                .aliases(),
            policy(me, name)));
  }

  private Optional<String> policy(Caller me, String name) {
    try {
      return Optional.of(
          indented(
              policies
                  .getPolicy(me, GetPolicyRequest.builder().functionName(name).build())
                  .policy()));
    } catch (ApiError none) {
      if (none.kind() != ApiError.Kind.NOT_FOUND) {
        throw none;
      }
      return Optional.empty();
    }
  }

  private static String indented(String json) {
    StringWriter text = new StringWriter();
    try (JsonReader reader = JSON.createReader(new StringReader(json));
        JsonWriter writer =
            JSON.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)) {
      writer.write(reader.readValue());
    }
    return text.toString().strip();
  }

  void configure(Shown before, Configuration wanted) {
    String name = before.configuration().functionName();
    functions.updateFunctionConfiguration(
        caller.get(),
        UpdateFunctionConfigurationRequest.builder()
            .functionName(name)
            .runtime(wanted.runtime())
            .handler(wanted.handler().strip())
            .role(wanted.role().strip())
            .memorySize(wanted.memory())
            .timeout(wanted.timeout())
            .build());
    if (!wanted.concurrency().equals(before.concurrency())) {
      reserve(name, wanted.concurrency());
    }
    done(name, "Saved the configuration");
  }

  private void reserve(String name, Optional<Integer> atOnce) {
    if (atOnce.isEmpty()) {
      concurrency.deleteFunctionConcurrency(
          caller.get(), DeleteFunctionConcurrencyRequest.builder().functionName(name).build());
    } else {
      concurrency.putFunctionConcurrency(
          caller.get(),
          PutFunctionConcurrencyRequest.builder()
              .functionName(name)
              .reservedConcurrentExecutions(atOnce.get())
              .build());
    }
  }

  /**
   * @param lines {@code NAME=value} each
   */
  void environment(String name, String lines) {
    Map<String, String> variables = new TreeMap<>();
    for (String line : lines.lines().filter(l -> !l.isBlank()).toList()) {
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw ApiError.badRequest("Each line must be NAME=value, not: " + line);
      }
      variables.put(line.substring(0, equals).strip(), line.substring(equals + 1));
    }
    functions.updateFunctionConfiguration(
        caller.get(),
        UpdateFunctionConfigurationRequest.builder()
            .functionName(name)
            .environment(e -> e.variables(variables))
            .build());
    done(name, "Saved the environment");
  }

  void upload(String name, byte[] archive) {
    functions.updateFunctionCode(
        caller.get(),
        UpdateFunctionCodeRequest.builder()
            .functionName(name)
            .zipFile(SdkBytes.fromByteArray(archive))
            .build());
    done(name, "The new code is live");
  }

  void publish(String name) {
    FunctionConfiguration version =
        functions.publishVersion(
            caller.get(), PublishVersionRequest.builder().functionName(name).build());
    done(name, "Version " + version.version() + " is what the function runs now");
  }

  void createAlias(String name, Routing routing) {
    aliases.createAlias(
        caller.get(),
        CreateAliasRequest.builder()
            .functionName(name)
            .name(routing.alias().strip())
            .functionVersion(routing.version())
            .routingConfig(routing.weights())
            .build());
    done(name, routing.words());
  }

  void updateAlias(String name, Routing routing) {
    aliases.updateAlias(
        caller.get(),
        UpdateAliasRequest.builder()
            .functionName(name)
            .name(routing.alias())
            .functionVersion(routing.version())
            .routingConfig(routing.weights())
            .build());
    done(name, routing.words());
  }

  void deleteAlias(String name, String alias) {
    aliases.deleteAlias(
        caller.get(), DeleteAliasRequest.builder().functionName(name).name(alias).build());
    done(name, "Deleted alias " + alias);
  }

  /** Lets the tenant's own APIs invoke it. */
  void permit(String name, String region) {
    String account = caller.get().account();
    policies.addPermission(
        caller.get(),
        AddPermissionRequest.builder()
            .functionName(name)
            .statementId("AllowExecutionFromAPIGateway")
            .action("lambda:InvokeFunction")
            .principal("apigateway.amazonaws.com")
            .sourceArn("arn:aws:execute-api:" + region + ":" + account + ":*")
            .build());
    done(name, "Your APIs may invoke it");
  }

  void test(String name, String payload) throws Exception {
    InvokeResponse answer =
        invocations.invoke(
            caller.get(),
            InvokeRequest.builder()
                .functionName(name)
                .logType(LogType.TAIL)
                .payload(SdkBytes.fromUtf8String(payload))
                .build());
    screen.answered(
        answer.payload().asUtf8String(),
        Optional.ofNullable(answer.functionError()),
        answer.logResult() == null
            ? ""
            : new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8));
  }

  void delete(String name) {
    functions.deleteFunction(
        caller.get(), DeleteFunctionRequest.builder().functionName(name).build());
    screen.gone("Deleted function " + name);
  }

  private void done(String name, String text) {
    load(name);
    screen.notice(text);
  }
}
