package io.gatehouse.admin.functions;

import static io.gatehouse.admin.functions.LambdaDoor.code;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.PreconditionFailedException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.State;

/** Functions from creation to deletion, with the vendor's client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FunctionsTest {

  private static final String ACCOUNT = "111111111111";
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

  private CreateFunctionResponse create(String name, SdkBytes code) {
    return lambda.createFunction(
        f ->
            f.functionName(name)
                .runtime(Runtime.NODEJS20_X)
                .handler("index.handler")
                .role(LambdaDoor.ROLE.formatted(ACCOUNT))
                .environment(e -> e.variables(Map.of("COLOUR", "red")))
                .tags(Map.of("team", "a"))
                .code(c -> c.zipFile(code)));
  }

  @Test
  void aFunctionIsCreatedReadInvokedAndDeleted() {
    CreateFunctionResponse made = create("whole", code("one"));
    GetFunctionResponse read = lambda.getFunction(f -> f.functionName("whole"));
    InvokeResponse answer =
        lambda.invoke(f -> f.functionName("whole").payload(SdkBytes.fromUtf8String("{\"a\":1}")));
    lambda.deleteFunction(f -> f.functionName("whole"));

    assertEquals(ARN + "whole", made.functionArn());
    assertEquals("$LATEST", made.version());
    assertEquals(State.ACTIVE, made.state());
    assertEquals(128, made.memorySize());
    assertEquals(3, made.timeout());
    assertEquals(Map.of("COLOUR", "red"), made.environment().variables());
    FunctionConfiguration configuration = read.configuration();
    assertEquals(made.codeSha256(), configuration.codeSha256());
    assertEquals(made.revisionId(), configuration.revisionId());
    assertEquals(Map.of("team", "a"), read.tags());
    assertEquals("{\"a\":1}", answer.payload().asUtf8String());
    assertEquals(200, answer.statusCode());
    assertEquals("$LATEST", answer.executedVersion());
    ResourceNotFoundException gone =
        assertThrows(
            ResourceNotFoundException.class,
            () -> lambda.getFunction(f -> f.functionName("whole")));
    assertEquals("Function not found: " + ARN + "whole", gone.awsErrorDetails().errorMessage());
    assertEquals(404, gone.statusCode());
  }

  @Test
  void aNameIsTakenInEveryForm() {
    create("forms", code("x"));
    for (String name :
        List.of(
            "forms",
            ARN + "forms",
            ACCOUNT + ":function:forms",
            "function:forms",
            ARN + "forms:$LATEST")) {
      assertEquals(
          "forms", lambda.getFunction(f -> f.functionName(name)).configuration().functionName());
    }
    LambdaException foreign =
        assertThrows(
            LambdaException.class,
            () -> lambda.getFunction(f -> f.functionName("222222222222:function:forms")));
    assertEquals("AccessDeniedException", foreign.awsErrorDetails().errorCode());
    assertEquals(403, foreign.statusCode());
  }

  @Test
  void aNameIsGivenOnce() {
    create("twice", code("x"));
    ResourceConflictException refused =
        assertThrows(ResourceConflictException.class, () -> create("twice", code("y")));
    assertEquals("Function already exist: twice", refused.awsErrorDetails().errorMessage());
    assertEquals(409, refused.statusCode());
    assertEquals("User", refused.type());
  }

  @Test
  void aVersionIsNewOnlyWhenSomethingHasChanged() {
    create("versions", code("one"));
    assertEquals("1", lambda.publishVersion(f -> f.functionName("versions")).version());
    assertEquals("1", lambda.publishVersion(f -> f.functionName("versions")).version());
    lambda.updateFunctionConfiguration(f -> f.functionName("versions").memorySize(256));
    assertEquals(
        "2", lambda.publishVersion(f -> f.functionName("versions").description("more")).version());
    var published =
        lambda.updateFunctionCode(
            f -> f.functionName("versions").zipFile(code("two")).publish(true));

    assertEquals("3", published.version());
    assertEquals(ARN + "versions:3", published.functionArn());
    assertEquals(
        List.of("$LATEST", "1", "2", "3"),
        lambda.listVersionsByFunction(f -> f.functionName("versions")).versions().stream()
            .map(FunctionConfiguration::version)
            .toList());
    FunctionConfiguration second =
        lambda.getFunction(f -> f.functionName("versions").qualifier("2")).configuration();
    assertEquals("more", second.description());
    assertEquals(256, second.memorySize());
    assertNotEquals(published.codeSha256(), second.codeSha256());
    lambda.deleteFunction(f -> f.functionName("versions").qualifier("2"));
    assertThrows(
        ResourceNotFoundException.class,
        () -> lambda.getFunction(f -> f.functionName("versions:2")));
  }

  @Test
  void anotherRevisionIsRefused() {
    String revision = create("revised", code("x")).revisionId();
    lambda.updateFunctionConfiguration(
        f -> f.functionName("revised").revisionId(revision).timeout(9));
    PreconditionFailedException stale =
        assertThrows(
            PreconditionFailedException.class,
            () ->
                lambda.updateFunctionCode(
                    f -> f.functionName("revised").revisionId(revision).zipFile(code("y"))));
    assertEquals(412, stale.statusCode());
  }

  @Test
  void aDryRunChangesNothing() {
    String before = create("dry", code("x")).codeSha256();
    var tried =
        lambda.updateFunctionCode(f -> f.functionName("dry").zipFile(code("yy")).dryRun(true));
    assertNotEquals(before, tried.codeSha256());
    assertEquals(before, lambda.getFunctionConfiguration(f -> f.functionName("dry")).codeSha256());
    assertEquals(
        204,
        lambda
            .invoke(f -> f.functionName("dry").invocationType(InvocationType.DRY_RUN))
            .statusCode());
  }

  @Test
  void whatIsNotGivenStays() {
    create("kept", code("x"));
    lambda.updateFunctionConfiguration(f -> f.functionName("kept").description("d"));
    var kept = lambda.getFunctionConfiguration(f -> f.functionName("kept"));
    assertEquals("d", kept.description());
    assertEquals(Map.of("COLOUR", "red"), kept.environment().variables());
    lambda.updateFunctionConfiguration(
        f -> f.functionName("kept").environment(e -> e.variables(Map.of())));
    var emptied = lambda.getFunctionConfiguration(f -> f.functionName("kept"));
    assertEquals(null, emptied.environment());
  }

  @Test
  void aBadArchiveIsRefused() {
    InvalidParameterValueException refused =
        assertThrows(
            InvalidParameterValueException.class,
            () -> create("bad", SdkBytes.fromUtf8String("no zip at all")));
    assertEquals(
        "Could not unzip uploaded file. Please check your file, then try to upload again.",
        refused.awsErrorDetails().errorMessage());
    assertThrows(
        ResourceNotFoundException.class, () -> lambda.getFunction(f -> f.functionName("bad")));
  }

  @Test
  void whatIsUnknownIsSaid() {
    InvalidParameterValueException runtime =
        assertThrows(
            InvalidParameterValueException.class,
            () ->
                lambda.createFunction(
                    f ->
                        f.functionName("old")
                            .runtime("nodejs12.x")
                            .handler("a.b")
                            .role(LambdaDoor.ROLE.formatted(ACCOUNT))
                            .code(c -> c.zipFile(code("x")))));
    assertTrue(
        runtime
            .awsErrorDetails()
            .errorMessage()
            .startsWith("Value nodejs12.x at 'runtime' failed"));
    LambdaException memory =
        assertThrows(
            LambdaException.class,
            () -> lambda.updateFunctionConfiguration(f -> f.functionName("old").memorySize(64)));
    assertEquals("ValidationException", memory.awsErrorDetails().errorCode());
    assertEquals(
        "1 validation error detected: Value '64' at 'memorySize' failed to satisfy constraint:"
            + " Member must have value greater than or equal to 128",
        memory.awsErrorDetails().errorMessage());
    LambdaException unbuilt =
        assertThrows(LambdaException.class, () -> lambda.listCodeSigningConfigs(c -> {}));
    assertEquals("NotImplementedException", unbuilt.awsErrorDetails().errorCode());
    assertFalse(unbuilt.awsErrorDetails().errorMessage().isEmpty());
  }
}
