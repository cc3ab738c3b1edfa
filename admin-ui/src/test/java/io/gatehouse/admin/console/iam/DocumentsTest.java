package io.gatehouse.admin.console.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.iam.Documents.Template;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.policy.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApisResponse;

class DocumentsTest {

  static final RestApis ONE_API =
      new RestApis() {
        @Override
        public GetRestApisResponse getRestApis(Caller caller, GetRestApisRequest in) {
          return GetRestApisResponse.builder().items(a -> a.id("abc123").name("Shop")).build();
        }
      };

  @Test
  void theDocumentsToBeginWithAreValid() {
    for (Template template : Documents.permissions(Kit.ALICE, ONE_API)) {
      Policy.parse(template.document(), Policy.Kind.IDENTITY);
    }
    for (Template template : Documents.trust(Kit.ALICE)) {
      if (!template.document().contains("ACCOUNT") && !template.document().contains("NAME")) {
        Policy.parse(template.document(), Policy.Kind.TRUST);
      }
    }
  }

  @Test
  void everyApiHasADocumentThatAllowsItAlone() {
    List<Template> all = Documents.permissions(Kit.ALICE, ONE_API);
    Template shop =
        all.stream().filter(t -> t.name().equals("Call API Shop (abc123)")).findFirst().get();
    assertTrue(shop.document().contains("\"execute-api:Invoke\""), shop::document);
    String arn =
        "arn:aws:execute-api:%s:%s:abc123/*/*/*".formatted(Kit.ALICE.region(), Kit.ALICE.account());
    assertTrue(shop.document().contains("\"" + arn + "\""), shop::document);
  }

  @Test
  void documentsAreDecodedAsOperationsEncodeThem() {
    assertEquals("{\"a\": \"b+c*~\"}", Documents.decoded("%7B%22a%22%3A%20%22b%2Bc%2A~%22%7D"));
    assertEquals("", Documents.decoded(null));
  }
}
