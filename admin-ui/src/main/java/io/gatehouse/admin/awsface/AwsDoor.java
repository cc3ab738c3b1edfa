package io.gatehouse.admin.awsface;

import io.gatehouse.admin.guard.AccessKey;
import io.gatehouse.admin.guard.AccessKeys;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Failures;
import io.gatehouse.admin.operations.Turns;
import io.gatehouse.model.aws.Authorization;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.aws.SigV4;
import io.gatehouse.model.aws.Signature;
import io.gatehouse.model.aws.SigningSecret;
import io.gatehouse.model.policy.Grants;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.ApiError.Kind;
import io.gatehouse.model.wire.PercentCoding;
import io.gatehouse.model.wire.QueryInput;
import io.gatehouse.model.wire.WireInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A request of the vendor's protocol from signature to answer: who is it, which service and
 * operation, decode, call, encode. Strangers get no byte of their body read.
 */
final class AwsDoor {

  private static final Logger LOG = Logger.getLogger(AwsDoor.class.getName());

  private final Bodies bodies = new Bodies();
  private final OperationTable operations;
  private final Map<String, OwnService> ownServices;
  private final AccessKeys accessKeys;
  private final Failures failures;
  private final String region;
  private final InstantSource clock;
  private final Ids ids;

  /**
   * @param ownServices by the name that requests are signed for
   */
  AwsDoor(
      OperationTable operations,
      Map<String, OwnService> ownServices,
      AccessKeys accessKeys,
      Failures failures,
      String region,
      InstantSource clock,
      RandomGenerator random) {
    this.operations = operations;
    this.ownServices = Map.copyOf(ownServices);
    this.accessKeys = accessKeys;
    this.failures = failures;
    this.region = region;
    this.clock = clock;
    this.ids = new Ids(random);
  }

  Answer answer(Incoming in) {
    String requestId = ids.request();
    Protocol protocol = Protocol.of(in);
    Answer answer;
    try {
      answer = serve(in, requestId);
    } catch (ApiError e) {
      answer = protocol.refusal(e, requestId);
    } catch (IOException e) {
      LOG.log(Level.FINE, e, () -> "request " + requestId + " broke off");
      answer =
          protocol.refusal(ApiError.badRequest("The request body could not be read"), requestId);
    } catch (Exception | StackOverflowError e) {
      ApiError error = failures.passing(e).orElseGet(() -> mistake(e, in, requestId));
      answer = protocol.refusal(error, requestId);
    }
    return answer.with("x-amzn-RequestId", requestId);
  }

  private static ApiError mistake(Throwable e, Incoming in, String requestId) {
    LOG.log(
        Level.SEVERE,
        e,
        () -> "request " + requestId + ": " + in.method() + " " + shown(in.rawPath()) + " failed");
    return ApiError.of(
        Kind.INTERNAL,
        "An internal error occurred; the server's log tells more under request id " + requestId);
  }

  private Answer serve(Incoming signed, String requestId) throws Exception {
    if (TargetJson.isUnsigned(signed)) {
      return unsigned(signed);
    }
    Signature signature = signature(signed);
    AccessKey key = accessKey(signature);
    String service = signature.authorization().service();
    Incoming in = signed.withQuery(signature.ownQuery(signed.rawQuery()));
    Optional<OperationTable.Match> match =
        operations.find(service, in.method(), path(in, service), in.rawQuery());
    try (Turns.Turn turn = bodies.take(in, key.account(), match)) {
      byte[] body = bodies.read(in, match);
      signature.requireCurrent(clock.instant());
      signature.requireHashedPayload();
      SigV4.verify(signed, body, signature, new SigningSecret(key.secret()));
      return serve(in, requestId, service, key, match, body);
    }
  }

  private Answer serve(
      Incoming in,
      String requestId,
      String service,
      AccessKey key,
      Optional<OperationTable.Match> match,
      byte[] body)
      throws Exception {
    Caller caller = key.caller(region, in.origin());
    return switch (service) {
      case "apigateway" -> operation(caller, in, match.orElseThrow(() -> unknown(in)), body);
      case "lambda" -> operation(caller, in, match.orElseThrow(() -> unbuilt(in)), body);
      case TargetJson.SERVICE ->
          targeted(caller, match.orElseThrow(() -> TargetJson.unbuilt(in)), body);
      default -> {
        Optional<QueryXml.Service> query = QueryXml.Service.of(service);
        Optional<CloudWatchRpc> rpc = CloudWatchRpc.of(in);
        if (rpc.isPresent() && query.equals(Optional.of(QueryXml.Service.CLOUDWATCH))) {
          yield called(rpc.get(), caller, in, body);
        }
        yield query.isPresent()
            ? query(query.get(), caller, in, body, requestId)
            : ownService(service).answer(caller, in, body);
      }
    };
  }

  private OwnService ownService(String name) {
    if (!ownServices.containsKey(name)) {
      Set<String> built = new TreeSet<>(ownServices.keySet());
      built.addAll(Set.of("apigateway", "lambda", "iam", "sts", "monitoring", TargetJson.SERVICE));
      throw ApiError.notImplemented(
          "The service '%s' (only %s are)".formatted(shown(name), String.join(", ", built)));
    }
    return ownServices.get(name);
  }

  private Signature signature(Incoming in) {
    Signature signature = Signature.read(in);
    Authorization authorization = signature.authorization();
    // IAM has no regions, nor STS to old tools; what they sign for then is the first of all.
    boolean global =
        QueryXml.Service.of(authorization.service()).filter(QueryXml.Service::isGlobal).isPresent()
            && authorization.region().equals("us-east-1");
    if (!authorization.region().equals(region) && !global) {
      throw ApiError.of(
          Kind.INVALID_SIGNATURE,
          "Credential should be scoped to a valid region, not '%s'. This installation's is '%s'."
              .formatted(shown(authorization.region()), region));
    }
    return signature;
  }

  private AccessKey accessKey(Signature signature) {
    Optional<String> token = signature.sessionToken().filter(text -> !text.isBlank());
    Optional<AccessKey> key = accessKeys.find(signature.authorization().accessKeyId(), token);
    return key.orElseThrow(AwsDoor::strange);
  }

  private static ApiError strange() {
    return ApiError.of(
        Kind.UNRECOGNIZED_CLIENT, "The security token included in the request is invalid.");
  }

  private static Answer operation(
      Caller caller, Incoming in, OperationTable.Match match, byte[] body) throws Exception {
    Map<String, String> headers = new HashMap<>();
    in.headers().forEach((name, values) -> headers.put(name, values.getFirst()));
    WireInput input = new WireInput(match.labels(), in.rawQuery(), headers, body);
    Optional<SdkPojo> shape = match.entry().call(caller, input);
    return new RestJson().success(caller.account(), shape, match.entry().status());
  }

  private Answer targeted(Caller caller, OperationTable.Match match, byte[] body) throws Exception {
    return new TargetJson()
        .success(match.entry().call(caller, new WireInput(Map.of(), "", Map.of(), body)));
  }

  /**
   * What people call who have no access key: they show who they are to the operation itself, which
   * finds the account.
   */
  private Answer unsigned(Incoming in) throws Exception {
    OperationTable.Match match =
        operations
            .find(TargetJson.SERVICE, in.method(), TargetJson.path(in), "")
            .orElseThrow(() -> TargetJson.unbuilt(in));
    Caller caller =
        new Caller(
            Caller.PLATFORM_ACCOUNT,
            region,
            "anonymous",
            "anonymous",
            Map.of(),
            Grants.NONE,
            Caller.Door.MANAGEMENT_API,
            in.origin());
    return targeted(caller, match, bodies.readSmall(in));
  }

  /** Old and new tools differ in the slash at the end of Lambda's lists. */
  private static String path(Incoming in, String service) {
    if (service.equals(TargetJson.SERVICE)) {
      return TargetJson.path(in);
    }
    String path = in.rawPath();
    return service.equals("lambda") && path.endsWith("/")
        ? path.substring(0, path.length() - 1)
        : path;
  }

  private static ApiError unbuilt(Incoming in) {
    return ApiError.notImplemented(
        "The operation %s %s of Lambda".formatted(in.method(), shown(in.rawPath())));
  }

  private static ApiError unknown(Incoming in) {
    return ApiError.of(
        Kind.UNKNOWN_OPERATION,
        "Unknown operation: %s %s".formatted(in.method(), shown(in.rawPath())));
  }

  private Answer query(
      QueryXml.Service service, Caller caller, Incoming in, byte[] body, String requestId)
      throws Exception {
    if (service == QueryXml.Service.IAM
        && caller.sessionOf().isPresent()
        && !caller.isRoleSession()) {
      // As the vendor's: what a user's temporary keys could make would outlive them.
      throw strange();
    }
    String form = new String(body, StandardCharsets.ISO_8859_1);
    String parameters = in.method().equals("POST") && !form.isEmpty() ? form : in.rawQuery();
    QueryInput input = new QueryInput(PercentCoding.decodeQuery(parameters));
    String action = input.text("Action");
    String version = input.text("Version");
    OperationTable.Entry entry =
        operations
            .find(service, action)
            .filter(found -> version.isEmpty() || version.equals(service.version()))
            .orElseThrow(() -> unbuilt(action, version.isEmpty() ? service.version() : version));
    return new QueryXml(service).success(action, entry.call(caller, input), requestId);
  }

  private Answer called(CloudWatchRpc rpc, Caller caller, Incoming in, byte[] body)
      throws Exception {
    QueryXml.Service service = QueryXml.Service.CLOUDWATCH;
    String action = rpc.action(in);
    OperationTable.Entry entry =
        operations.find(service, action).orElseThrow(() -> unbuilt(action, service.version()));
    return rpc.success(entry.call(caller, rpc.input(body)));
  }

  private static ApiError unbuilt(String action, String version) {
    return ApiError.of(
        Kind.UNKNOWN_OPERATION,
        "Could not find operation %s for version %s; it may be one that is not built yet in this version of Gatehouse"
            .formatted(shown(action), shown(version)));
  }

  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() > 200 ? line.substring(0, 200) + "..." : line;
  }
}
