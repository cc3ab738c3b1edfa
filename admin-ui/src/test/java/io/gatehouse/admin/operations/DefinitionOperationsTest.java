package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.Database;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Wire;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.CreateAuthorizerRequest;
import software.amazon.awssdk.services.apigateway.model.CreateModelRequest;
import software.amazon.awssdk.services.apigateway.model.CreateRequestValidatorRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteAuthorizerRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteGatewayResponseRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteModelRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteRequestValidatorRequest;
import software.amazon.awssdk.services.apigateway.model.GatewayResponse;
import software.amazon.awssdk.services.apigateway.model.GetAuthorizersRequest;
import software.amazon.awssdk.services.apigateway.model.GetDocumentationPartsRequest;
import software.amazon.awssdk.services.apigateway.model.GetGatewayResponseRequest;
import software.amazon.awssdk.services.apigateway.model.GetGatewayResponsesRequest;
import software.amazon.awssdk.services.apigateway.model.GetModelRequest;
import software.amazon.awssdk.services.apigateway.model.GetModelTemplateRequest;
import software.amazon.awssdk.services.apigateway.model.GetModelsRequest;
import software.amazon.awssdk.services.apigateway.model.GetModelsResponse;
import software.amazon.awssdk.services.apigateway.model.GetRequestValidatorRequest;
import software.amazon.awssdk.services.apigateway.model.Model;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.PutGatewayResponseRequest;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;
import software.amazon.awssdk.services.apigateway.model.UpdateAuthorizerRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateGatewayResponseRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateMethodRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateModelRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateRequestValidatorRequest;

/** The families that live inside an API's definition, on both databases. */
class DefinitionOperationsTest {

  private static final String NAMED =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:111111111111:function:guard/invocations";

  @Nested
  class OnH2 extends Cases {
    OnH2() {
      super(Database.Kind.H2);
    }
  }

  @Nested
  class OnPostgresql extends Cases {
    OnPostgresql() {
      super(Database.Kind.POSTGRESQL);
    }
  }

  abstract static class Cases extends OnOneDatabase {

    Cases(Database.Kind kind) {
      super(kind);
    }

    @Test
    void modelsAreMadeListedByNamePagedChangedAndDeleted() {
      Model pet = model("Pet", "{\"type\":\"object\"}");
      Model pets = model("Pets", "{\"type\":\"array\",\"items\":{\"$ref\":\"%s\"}}");

      assertEquals(List.of("Pet", "Pets"), names(models(null)));
      GetModelsResponse first = models(1, null);
      assertEquals(List.of("Pets"), names(models(1, first.position()).items()));
      assertEquals(null, models(1, first.position()).position());
      assertEquals(6, pets.id().length());
      assertFalse(Wire.write(pet).containsKey("description"));

      Model changed =
          in(
              () ->
                  house.models.updateModel(
                      ALICE,
                      UpdateModelRequest.builder()
                          .restApiId(apiId)
                          .modelName("Pet")
                          .patchOperations(replace("/description", "one of them"))
                          .build()));
      assertEquals("one of them", changed.description());
      refused(
          ApiError.Kind.CONFLICT,
          "Cannot delete model 'Pet', is referenced in model: Pets",
          () -> delete("Pet"));
      delete("Pets");
      delete("Pet");
      assertEquals(List.of(), models(null));
    }

    @Test
    void aModelMayBeFlattenedAndGivesASampleTemplate() {
      model("Pet", "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"}}}");
      model("Pets", "{\"type\":\"array\",\"items\":{\"$ref\":\"%s\"}}");

      Model flat = in(() -> house.models.getModel(ALICE, get("Pets").flatten(true).build()));
      Model asIs = in(() -> house.models.getModel(ALICE, get("Pets").build()));
      String template =
          in(() ->
                  house.models.getModelTemplate(
                      ALICE,
                      GetModelTemplateRequest.builder().restApiId(apiId).modelName("Pet").build()))
              .value();

      assertTrue(asIs.schema().contains("/models/Pet"));
      assertFalse(flat.schema().contains("$ref"), flat.schema());
      assertTrue(flat.schema().contains("\"id\""), flat.schema());
      assertEquals("#set($inputRoot = $input.path('$'))\n{\n  \"id\" : 42\n}", template);
    }

    @Test
    void anUnknownApiHasTheRecordedAnswersOfEachFamily() {
      String unknown = "Invalid API identifier specified 111111111111:none";
      notFound(
          unknown,
          () ->
              in(
                  () ->
                      house.models.getModels(
                          ALICE, GetModelsRequest.builder().restApiId("none").build())));
      notFound(
          "Invalid model name specified: Pet",
          () ->
              in(
                  () ->
                      house.models.getModel(
                          ALICE,
                          GetModelRequest.builder().restApiId("none").modelName("Pet").build())));
      refused(
          ApiError.Kind.BAD_REQUEST,
          "Invalid REST API identifier specified",
          () ->
              in(
                  () ->
                      house.validators.createRequestValidator(
                          ALICE,
                          CreateRequestValidatorRequest.builder().restApiId("none").build())));
      notFound(
          "Invalid Request Validator identifier specified",
          () ->
              in(
                  () ->
                      house.validators.getRequestValidator(
                          ALICE,
                          GetRequestValidatorRequest.builder()
                              .restApiId("none")
                              .requestValidatorId("x")
                              .build())));
      notFound(
          unknown,
          () ->
              in(
                  () ->
                      house.documentationParts.getDocumentationParts(
                          ALICE,
                          GetDocumentationPartsRequest.builder().restApiId("none").build())));
    }

    @Test
    void anotherTenantsApiIsAnUnknownOne() {
      model("Pet", "{\"type\":\"object\"}");
      ApiError foreign =
          assertThrows(
              ApiError.class, () -> in(() -> house.models.getModel(MALLORY, get("Pet").build())));
      assertEquals("Invalid model name specified: Pet", foreign.getMessage());
      ApiError writing =
          assertThrows(
              ApiError.class,
              () -> in(() -> house.gatewayResponses.putGatewayResponse(MALLORY, custom("418"))));
      assertEquals("Invalid API identifier specified 222222222222:" + apiId, writing.getMessage());
      assertEquals(Map.of(), definition(ALICE).gatewayResponses());
    }

    @Test
    void aValidatorThatAMethodUsesStays() {
      RequestValidator validator =
          in(
              () ->
                  house.validators.createRequestValidator(
                      ALICE,
                      CreateRequestValidatorRequest.builder()
                          .restApiId(apiId)
                          .name("all")
                          .validateRequestBody(true)
                          .build()));
      assertEquals(
          "{\"id\":\"%s\",\"name\":\"all\",\"validateRequestBody\":true,\"validateRequestParameters\":false}"
              .formatted(validator.id()),
          Wire.write(validator).toString());
      method(replace("/requestValidatorId", validator.id()));

      refused(
          ApiError.Kind.CONFLICT,
          "Cannot delete request validator 'all', is referenced in method: GET//",
          () -> deleteValidator(validator.id()));
      method(replace("/requestValidatorId", ""));
      deleteValidator(validator.id());
      notFound(
          "Invalid Request Validator identifier specified", () -> deleteValidator(validator.id()));
    }

    @Test
    void validatorPatchesAreRefusedAsRecorded() {
      String id =
          in(() ->
                  house.validators.createRequestValidator(
                      ALICE, CreateRequestValidatorRequest.builder().restApiId(apiId).build()))
              .id();
      badRequest(
          "Invalid patch path  '/validateRequestBody' specified for op 'add'. Please choose"
              + " supported operations",
          () -> validator(id, op(Op.ADD, "/validateRequestBody", "true")));
      badRequest(
          "Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/name,"
              + " /validateRequestParameters, /validateRequestBody]",
          () -> validator(id, replace("/invalidPath", "true")));
      badRequest(
          "Request Validator name cannot be blank", () -> validator(id, replace("/name", null)));
      assertTrue(validator(id, replace("/validateRequestBody", "true")).validateRequestBody());
      assertFalse(validator(id, replace("/validateRequestBody", null)).validateRequestBody());
    }

    @Test
    void anAuthorizerIsMadeChangedUsedAndThenCannotBeDeleted() {
      Authorizer made = authorizer("guard");
      assertEquals(
          "{\"id\":\"%s\",\"name\":\"guard\",\"type\":\"TOKEN\",\"authType\":\"custom\",\"authorizerUri\":\"%s\",\"identitySource\":\"method.request.header.Auth\"}"
              .formatted(made.id(), NAMED),
          Wire.write(made).toString());
      method(replace("/authorizationType", "CUSTOM"), replace("/authorizerId", made.id()));

      Authorizer changed =
          in(
              () ->
                  house.authorizers.updateAuthorizer(
                      ALICE,
                      UpdateAuthorizerRequest.builder()
                          .restApiId(apiId)
                          .authorizerId(made.id())
                          .patchOperations(
                              replace("/authorizerResultTtlInSeconds", "0"),
                              replace("/identityValidationExpression", "Bearer .+"))
                          .build()));
      assertEquals(0, changed.authorizerResultTtlInSeconds());
      assertEquals(List.of(changed), authorizers());
      refused(
          ApiError.Kind.CONFLICT,
          "Cannot delete authorizer 'guard', is referenced in method: GET//",
          () -> deleteAuthorizer(made.id()));
      method(replace("/authorizationType", "NONE"));
      deleteAuthorizer(made.id());
      notFound("Invalid Authorizer identifier specified", () -> deleteAuthorizer(made.id()));
    }

    @Test
    void anAuthorizersMembersAreCheckedBeforeItsApiIsLookedFor() {
      ApiError refused =
          assertThrows(
              ApiError.class,
              () ->
                  in(
                      () ->
                          house.authorizers.createAuthorizer(
                              ALICE,
                              CreateAuthorizerRequest.builder()
                                  .restApiId("none")
                                  .name("guard")
                                  .type("TOKEN")
                                  .authorizerUri("arn:aws:lambda:x")
                                  .build())));
      assertEquals(
          "Invalid Authorizer URI: arn:aws:lambda:x. Authorizer URI should be a valid API Gateway"
              + " ARN that represents a Lambda function invocation.",
          refused.getMessage());
    }

    @Test
    void gatewayResponsesAreAllThereAndOneIsCustomisedAndReset() {
      List<GatewayResponse> all =
          in(() ->
                  house.gatewayResponses.getGatewayResponses(
                      ALICE, GetGatewayResponsesRequest.builder().restApiId(apiId).build()))
              .items();
      assertEquals(21, all.size());
      assertEquals(
          "{\"responseType\":\"ACCESS_DENIED\",\"statusCode\":\"403\",\"responseParameters\":{},\"responseTemplates\":{\"application/json\":\"{\\\"message\\\":$context.error.messageString}\"},\"defaultResponse\":true}",
          Wire.write(all.getFirst()).toString());

      GatewayResponse put =
          in(() -> house.gatewayResponses.putGatewayResponse(ALICE, custom("418")));
      assertEquals("418", put.statusCode());
      assertFalse(put.defaultResponse());
      deleteResponse();
      assertTrue(response().defaultResponse());
      assertEquals("401", response().statusCode());
      notFound("Gateway response type not defined on api", this::deleteResponse);
    }

    @Test
    void gatewayResponsePatchesAreTakenAndRefusedAsRecorded() {
      String header = "/responseParameters/gatewayresponse.header.x";
      GatewayResponse patched =
          respond(
              replace("/statusCode", "444"),
              op(Op.ADD, header, "'a'"),
              op(Op.ADD, "/responseTemplates/application~1xml", "<x/>"));
      assertEquals("444", patched.statusCode());
      assertEquals(2, patched.responseTemplates().size());
      badRequest("Invalid patch path /statusCode", () -> respond(op(Op.ADD, "/statusCode", "444")));
      badRequest("Invalid patch path /wrongPath", () -> respond(op(Op.ADD, "/wrongPath", "x")));
      badRequest("Invalid patch path null", () -> respond(op(Op.ADD, null, "x")));
      notFound("Invalid parameter name specified", () -> respond(replace(header + "y", "'a'")));
      for (String place : List.of("", "/application~1json")) {
        badRequest(
            "Invalid null or empty value in responseTemplates",
            () -> respond(replace("/responseTemplates" + place, null)));
      }
      badRequest(
          "Invalid null or empty value in responseParameters",
          () -> respond(replace("/responseParameters", null)));
      badRequest(
          "Invalid mapping expression specified: Validation Result: warnings : [], errors :"
              + " [Invalid mapping expression specified: value]",
          () -> respond(op(Op.ADD, header, "value")));
    }

    private Model model(String name, String schema) {
      return in(
          () ->
              house.models.createModel(
                  ALICE,
                  CreateModelRequest.builder()
                      .restApiId(apiId)
                      .name(name)
                      .description("")
                      .contentType("application/json")
                      .schema(
                          schema.replace(
                              "%s",
                              "https://apigateway.amazonaws.com/restapis/" + apiId + "/models/Pet"))
                      .build()));
    }

    private List<Model> models(String position) {
      return models(null, position).items();
    }

    private GetModelsResponse models(Integer limit, String position) {
      return in(
          () ->
              house.models.getModels(
                  ALICE,
                  GetModelsRequest.builder()
                      .restApiId(apiId)
                      .limit(limit)
                      .position(position)
                      .build()));
    }

    private static List<String> names(List<Model> models) {
      return models.stream().map(Model::name).toList();
    }

    private GetModelRequest.Builder get(String name) {
      return GetModelRequest.builder().restApiId(apiId).modelName(name);
    }

    private void delete(String name) {
      house.run(
          () ->
              house.models.deleteModel(
                  ALICE, DeleteModelRequest.builder().restApiId(apiId).modelName(name).build()));
    }

    private RequestValidator validator(String id, PatchOperation operation) {
      return in(
          () ->
              house.validators.updateRequestValidator(
                  ALICE,
                  UpdateRequestValidatorRequest.builder()
                      .restApiId(apiId)
                      .requestValidatorId(id)
                      .patchOperations(operation)
                      .build()));
    }

    private void deleteValidator(String id) {
      house.run(
          () ->
              house.validators.deleteRequestValidator(
                  ALICE,
                  DeleteRequestValidatorRequest.builder()
                      .restApiId(apiId)
                      .requestValidatorId(id)
                      .build()));
    }

    private Authorizer authorizer(String name) {
      return in(
          () ->
              house.authorizers.createAuthorizer(
                  ALICE,
                  CreateAuthorizerRequest.builder()
                      .restApiId(apiId)
                      .name(name)
                      .type("TOKEN")
                      .authorizerUri(NAMED)
                      .identitySource("method.request.header.Auth")
                      .build()));
    }

    private List<Authorizer> authorizers() {
      return in(() ->
              house.authorizers.getAuthorizers(
                  ALICE, GetAuthorizersRequest.builder().restApiId(apiId).build()))
          .items();
    }

    private void deleteAuthorizer(String id) {
      house.run(
          () ->
              house.authorizers.deleteAuthorizer(
                  ALICE,
                  DeleteAuthorizerRequest.builder().restApiId(apiId).authorizerId(id).build()));
    }

    private void method(PatchOperation... operations) {
      house.run(
          () ->
              house.methods.updateMethod(
                  ALICE,
                  UpdateMethodRequest.builder()
                      .restApiId(apiId)
                      .resourceId("root")
                      .httpMethod("GET")
                      .patchOperations(operations)
                      .build()));
    }

    private PutGatewayResponseRequest custom(String status) {
      return PutGatewayResponseRequest.builder()
          .restApiId(apiId)
          .responseType("UNAUTHORIZED")
          .statusCode(status)
          .build();
    }

    private GatewayResponse response() {
      return in(
          () ->
              house.gatewayResponses.getGatewayResponse(
                  ALICE,
                  GetGatewayResponseRequest.builder()
                      .restApiId(apiId)
                      .responseType("UNAUTHORIZED")
                      .build()));
    }

    private GatewayResponse respond(PatchOperation... operations) {
      return in(
          () ->
              house.gatewayResponses.updateGatewayResponse(
                  ALICE,
                  UpdateGatewayResponseRequest.builder()
                      .restApiId(apiId)
                      .responseType("DEFAULT_4XX")
                      .patchOperations(operations)
                      .build()));
    }

    private void deleteResponse() {
      house.run(
          () ->
              house.gatewayResponses.deleteGatewayResponse(
                  ALICE,
                  DeleteGatewayResponseRequest.builder()
                      .restApiId(apiId)
                      .responseType("UNAUTHORIZED")
                      .build()));
    }

    private ApiDefinition definition(Caller caller) {
      return in(() -> house.kit.apis.get(caller, apiId));
    }

    private <R> R in(Supplier<R> operation) {
      return house.in(operation);
    }

    private void notFound(String message, Runnable operation) {
      refused(ApiError.Kind.NOT_FOUND, message, operation);
    }

    private void badRequest(String message, Runnable operation) {
      refused(ApiError.Kind.BAD_REQUEST, message, operation);
    }

    private void refused(ApiError.Kind kind, String message, Runnable operation) {
      ApiError error = assertThrows(ApiError.class, operation::run);
      assertEquals(message, error.getMessage());
      assertEquals(kind, error.kind());
    }
  }

  private static PatchOperation replace(String path, String value) {
    return op(Op.REPLACE, path, value);
  }

  private static PatchOperation op(Op op, String path, String value) {
    return PatchOperation.builder().op(op).path(path).value(value).build();
  }
}
