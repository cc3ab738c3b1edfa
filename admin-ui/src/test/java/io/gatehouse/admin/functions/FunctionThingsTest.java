package io.gatehouse.admin.functions;

import static io.gatehouse.admin.functions.LambdaDoor.code;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetPolicyResponse;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LayersListItem;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.PublishLayerVersionResponse;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;

/** What hangs on functions, with the vendor's client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FunctionThingsTest {

  private static final String ACCOUNT = "131313131313";
  private static final String ARN = "arn:aws:lambda:us-east-1:" + ACCOUNT + ":function:";

  private LambdaDoor door;
  private LambdaClient lambda;

  @BeforeAll
  void open() {
    door = new LambdaDoor();
    lambda = door.client(ACCOUNT);
  }

  @AfterAll
  void close() throws Exception {
    door.close();
  }

  private void create(String name) {
    door.create(lambda, ACCOUNT, name, code(name));
  }

  private static String refused(Supplier<?> call) {
    LambdaException e = assertThrows(LambdaException.class, call::get);
    return e.statusCode()
        + " "
        + e.awsErrorDetails().errorCode()
        + " "
        + e.awsErrorDetails().errorMessage();
  }

  @Test
  void anAliasLeadsToAVersionAndSharesWithAnother() {
    create("alias");
    lambda.publishVersion(f -> f.functionName("alias"));
    lambda.updateFunctionConfiguration(f -> f.functionName("alias").timeout(5));
    lambda.publishVersion(f -> f.functionName("alias"));
    lambda.createAlias(
        a ->
            a.functionName("alias")
                .name("prod")
                .functionVersion("1")
                .routingConfig(r -> r.additionalVersionWeights(Map.of("2", 0.25))));

    AliasConfiguration read =
        AliasConfiguration.builder()
            .functionVersion(
                lambda.getAlias(a -> a.functionName("alias").name("prod")).functionVersion())
            .build();
    assertEquals("1", read.functionVersion());
    FunctionConfiguration through =
        lambda.getFunction(f -> f.functionName("alias").qualifier("prod")).configuration();
    assertEquals("1", through.version());
    assertEquals(ARN + "alias:prod", through.functionArn());
    assertEquals(
        "409 ResourceConflictException Unable to delete version because the following aliases"
            + " reference it: [prod]",
        refused(() -> lambda.deleteFunction(f -> f.functionName("alias").qualifier("2"))));
    lambda.updateAlias(
        a ->
            a.functionName("alias")
                .name("prod")
                .functionVersion("2")
                .routingConfig(r -> r.additionalVersionWeights(Map.of())));
    List<AliasConfiguration> all =
        lambda.listAliases(a -> a.functionName("alias").functionVersion("2")).aliases();
    assertEquals(1, all.size());
    assertEquals(null, all.getFirst().routingConfig());
    assertThrows(
        ResourceConflictException.class,
        () -> lambda.createAlias(a -> a.functionName("alias").name("prod").functionVersion("1")));
    assertEquals(
        "404 ResourceNotFoundException Function not found: " + ARN + "alias:9",
        refused(
            () -> lambda.createAlias(a -> a.functionName("alias").name("x").functionVersion("9"))));
    lambda.deleteAlias(a -> a.functionName("alias").name("prod"));
    assertEquals(
        "404 ResourceNotFoundException Cannot find alias arn: " + ARN + "alias:prod",
        refused(() -> lambda.getAlias(a -> a.functionName("alias").name("prod"))));
  }

  @Test
  void aPermissionIsAddedReadAndRemoved() {
    create("policy");
    String source = "arn:aws:execute-api:us-east-1:" + ACCOUNT + ":abc/*/GET/pets";
    lambda.addPermission(
        p ->
            p.functionName("policy")
                .statementId("from-api_1")
                .action("lambda:InvokeFunction")
                .principal("apigateway.amazonaws.com")
                .sourceArn(source)
                .sourceAccount(ACCOUNT));
    GetPolicyResponse read = lambda.getPolicy(p -> p.functionName("policy"));

    assertEquals(
        "{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":[{\"Sid\":\"from-api_1\","
            + "\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"apigateway.amazonaws.com\"},"
            + "\"Action\":\"lambda:InvokeFunction\",\"Resource\":\""
            + ARN
            + "policy\",\"Condition\":{\"StringEquals\":{\"AWS:SourceAccount\":\""
            + ACCOUNT
            + "\"},\"ArnLike\":{\"AWS:SourceArn\":\""
            + source
            + "\"}}}]}",
        read.policy());
    assertTrue(
        refused(
                () ->
                    lambda.addPermission(
                        p ->
                            p.functionName("policy")
                                .statementId("from-api_1")
                                .action("lambda:*")
                                .principal("*")))
            .startsWith("409 ResourceConflictException The statement id (from-api_1) provided"));
    assertTrue(
        refused(
                () ->
                    lambda.addPermission(
                        p ->
                            p.functionName("policy")
                                .statementId("org")
                                .action("lambda:*")
                                .principal("*")
                                .principalOrgID("o-1234567890")))
            .startsWith("400 InvalidParameterValueException PrincipalOrgID is not supported"));
    lambda.removePermission(p -> p.functionName("policy").statementId("from-api_1"));
    assertEquals(
        "404 ResourceNotFoundException The resource you requested does not exist.",
        refused(() -> lambda.getPolicy(p -> p.functionName("policy"))));
    assertEquals(
        "404 ResourceNotFoundException Statement from-api_1 is not found in resource policy.",
        refused(
            () ->
                lambda.removePermission(p -> p.functionName("policy").statementId("from-api_1"))));
  }

  @Test
  void concurrencyEventSettingsAndTagsAreKept() {
    create("things");
    lambda.putFunctionConcurrency(c -> c.functionName("things").reservedConcurrentExecutions(5));
    assertEquals(
        5,
        lambda
            .getFunction(f -> f.functionName("things"))
            .concurrency()
            .reservedConcurrentExecutions());
    lambda.deleteFunctionConcurrency(c -> c.functionName("things"));
    assertEquals(
        null,
        lambda
            .getFunctionConcurrency(c -> c.functionName("things"))
            .reservedConcurrentExecutions());

    lambda.putFunctionEventInvokeConfig(
        e -> e.functionName("things").maximumRetryAttempts(1).maximumEventAgeInSeconds(100));
    lambda.updateFunctionEventInvokeConfig(e -> e.functionName("things").maximumRetryAttempts(0));
    var config = lambda.getFunctionEventInvokeConfig(e -> e.functionName("things"));
    assertEquals(0, config.maximumRetryAttempts());
    assertEquals(100, config.maximumEventAgeInSeconds());
    assertEquals(ARN + "things:$LATEST", config.functionArn());
    assertEquals(
        1,
        lambda
            .listFunctionEventInvokeConfigs(e -> e.functionName("things"))
            .functionEventInvokeConfigs()
            .size());
    lambda.deleteFunctionEventInvokeConfig(e -> e.functionName("things"));
    assertTrue(
        refused(() -> lambda.getFunctionEventInvokeConfig(e -> e.functionName("things")))
            .endsWith("doesn't have an EventInvokeConfig"));

    lambda.tagResource(t -> t.resource(ARN + "things").tags(Map.of("a", "1", "b", "2")));
    lambda.untagResource(t -> t.resource(ARN + "things").tagKeys("a"));
    assertEquals(Map.of("b", "2"), lambda.listTags(t -> t.resource(ARN + "things")).tags());
  }

  @Test
  void aLayerIsPublishedUsedAndOutlivedByWhatUsesIt() {
    SdkBytes archive = LambdaDoor.zip(Map.of("nodejs/node_modules/a/index.js", "1"));
    PublishLayerVersionResponse layer =
        lambda.publishLayerVersion(
            l ->
                l.layerName("shared")
                    .content(c -> c.zipFile(archive))
                    .compatibleRuntimesWithStrings("nodejs20.x"));
    create("layered");
    lambda.updateFunctionConfiguration(
        f -> f.functionName("layered").layers(layer.layerVersionArn()));

    assertEquals(1, layer.version());
    assertEquals(
        layer.content().codeSha256(),
        lambda
            .getLayerVersion(l -> l.layerName("shared").versionNumber(1L))
            .content()
            .codeSha256());
    assertEquals(1, lambda.getLayerVersionByArn(l -> l.arn(layer.layerVersionArn())).version());
    assertEquals(
        List.of("shared"),
        lambda.listLayers(l -> {}).layers().stream().map(LayersListItem::layerName).toList());
    lambda.deleteLayerVersion(l -> l.layerName("shared").versionNumber(1L));
    assertEquals(List.of(), lambda.listLayerVersions(l -> l.layerName("shared")).layerVersions());
    assertEquals(
        layer.layerVersionArn(),
        lambda.getFunctionConfiguration(f -> f.functionName("layered")).layers().getFirst().arn());
    lambda.updateFunctionCode(f -> f.functionName("layered").zipFile(code("other")));
    PublishLayerVersionResponse next =
        lambda.publishLayerVersion(l -> l.layerName("shared").content(c -> c.zipFile(archive)));
    assertEquals(2, next.version());
    lambda.deleteFunction(f -> f.functionName("layered"));
    assertEquals(
        "400 InvalidParameterValueException Layer version "
            + layer.layerVersionArn()
            + " does not exist.",
        refused(
            () -> {
              create("layerless");
              return lambda.updateFunctionConfiguration(
                  f -> f.functionName("layerless").layers(layer.layerVersionArn()));
            }));
  }

  @Test
  void anInvocationCarriesWhatItsCallerSays() {
    create("asked");
    InvokeResponse answer =
        lambda.invoke(
            i ->
                i.functionName("asked")
                    .qualifier("$LATEST")
                    .logType(LogType.TAIL)
                    .clientContext("e30=")
                    .payload(SdkBytes.fromUtf8String("[1]")));
    assertEquals("bG9n", answer.logResult());
    var seen = door.house.nodes().invocations().getLast();
    assertEquals("asked", seen.function());
    assertEquals("$LATEST", seen.qualifier());
    assertEquals("e30=", seen.clientContext());
    assertEquals(13, seen.longest().toSeconds());
    assertEquals(
        202, lambda.invoke(i -> i.functionName("asked").invocationType("Event")).statusCode());
    assertTrue(
        refused(
                () ->
                    lambda.invoke(
                        i -> i.functionName("asked").payload(SdkBytes.fromUtf8String("no json"))))
            .startsWith("400 InvalidRequestContentException Could not parse request body"));
    assertTrue(
        refused(
                () ->
                    lambda.invoke(
                        i ->
                            i.functionName("asked")
                                .payload(SdkBytes.fromByteArray(new byte[6 * 1024 * 1024 + 1]))))
            .startsWith("413 RequestTooLargeException"));
  }

  @Test
  void theAccountsBoundsAreTold() {
    create("counted");
    var settings = lambda.getAccountSettings(a -> {});
    assertEquals(1024L * 1024 * 1024, settings.accountLimit().totalCodeSize());
    assertTrue(settings.accountUsage().functionCount() > 0);
    assertTrue(settings.accountUsage().totalCodeSize() > 0);
    assertEquals(
        "404 ResourceNotFoundException The resource you requested does not exist.",
        refused(() -> lambda.getFunctionUrlConfig(f -> f.functionName("counted"))));
    assertEquals(
        "Terminate",
        lambda.getFunctionRecursionConfig(f -> f.functionName("counted")).recursiveLoopAsString());
  }
}
