package io.gatehouse.admin.console.functions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.functions.FunctionConcurrency;
import io.gatehouse.admin.functions.Functions;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.wire.ApiError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConcurrencyResponse;
import software.amazon.awssdk.services.lambda.model.ListFunctionsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;

class FunctionsPresenterTest {

  private final List<String> shown = new ArrayList<>();
  private final List<CreateFunctionRequest> created = new ArrayList<>();
  private ApiError refusal;

  private final class Operations extends Functions {
    @Override
    public ListFunctionsResponse listFunctions(Caller caller, ListFunctionsRequest in) {
      if (refusal != null) {
        throw refusal;
      }
      return ListFunctionsResponse.builder()
          .functions(FunctionConfiguration.builder().functionName("f").build())
          .nextMarker("more")
          .build();
    }

    @Override
    public FunctionConfiguration createFunction(Caller caller, CreateFunctionRequest in) {
      created.add(in);
      return FunctionConfiguration.builder().build();
    }
  }

  private final FunctionsPresenter presenter =
      new FunctionsPresenter(
          new Operations(),
          new FunctionConcurrency() {
            @Override
            public GetFunctionConcurrencyResponse getFunctionConcurrency(
                Caller caller, GetFunctionConcurrencyRequest in) {
              return GetFunctionConcurrencyResponse.builder()
                  .reservedConcurrentExecutions(7)
                  .build();
            }
          },
          () -> Kit.ALICE,
          new FunctionsPresenter.Screen() {
            @Override
            public void show(List<FunctionsPresenter.Row> functions, boolean more) {
              functions.forEach(
                  row -> shown.add(row.name() + " " + row.concurrency().orElseThrow()));
              shown.add(functions.size() + " " + more);
            }

            @Override
            public void showDisabled(String sentence) {
              shown.add(sentence);
            }

            @Override
            public void open(String functionName) {
              shown.add("open " + functionName);
            }
          });

  @Test
  void aListIsShownAndWhetherThereIsMore() {
    presenter.load();
    assertEquals(List.of("f 7", "1 true"), shown);
  }

  @Test
  void aTenantWithoutFunctionsIsToldWhoCanEnableThem() {
    refusal = ApiError.of(ApiError.Kind.ACCESS_DENIED, "not enabled");
    presenter.load();
    assertEquals(List.of("not enabled"), shown);
    refusal = ApiError.badRequest("else");
    assertThrows(ApiError.class, presenter::load);
  }

  @Test
  void aNewFunctionHasItsCodeAndARoleOfTheTenant() {
    byte[] archive = FunctionTemplate.NODE.archive("exports.handler = 1;");
    presenter.create(" hello ", "nodejs22.x", "index.handler", archive);
    CreateFunctionRequest in = created.getFirst();
    assertEquals("hello", in.functionName());
    assertEquals("arn:aws:iam::111111111111:role/functions", in.role());
    assertArrayEquals(archive, in.code().zipFile().asByteArray());
    assertEquals(List.of("open hello"), shown);
  }

  @Test
  void aNameThatCannotBeIsRefusedInPlainWords() {
    for (String name : List.of(" ", "a b", "x".repeat(65))) {
      ApiError refused =
          assertThrows(
              ApiError.class, () -> presenter.create(name, "nodejs22.x", "index.handler", null));
      assertEquals(
          "A name has 1 to 64 letters, digits, - and _, not '" + name.strip() + "'",
          refused.getMessage());
    }
    assertEquals(List.of(), created);
  }

  @Test
  void theSameTextIsTheSameArchive() {
    assertArrayEquals(FunctionTemplate.PYTHON.archive("x"), FunctionTemplate.PYTHON.archive("x"));
  }

  @Test
  void timesAreReadAsTheVendorSpellsThem() {
    assertEquals(
        Instant.parse("2026-06-01T12:00:00.123Z"),
        FunctionSnippets.time("2026-06-01T12:00:00.123+0000"));
  }
}
