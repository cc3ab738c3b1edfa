package io.gatehouse.admin.console.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.pools.PoolsPresenter.Registration;
import io.gatehouse.admin.console.pools.PoolsPresenter.Row;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.pools.UserPools;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.snapshot.PoolIssuer;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DescribeUserPoolResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolsRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolsResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolDescriptionType;

class PoolsPresenterTest {

  private final List<String> shown = new ArrayList<>();
  private final List<CreateUserPoolRequest> created = new ArrayList<>();

  private final class Operations extends UserPools {
    @Override
    public ListUserPoolsResponse listUserPools(Caller caller, ListUserPoolsRequest in) {
      return ListUserPoolsResponse.builder()
          .userPools(UserPoolDescriptionType.builder().id("p").build())
          .nextToken("more")
          .build();
    }

    @Override
    public DescribeUserPoolResponse describeUserPool(Caller caller, DescribeUserPoolRequest in) {
      return DescribeUserPoolResponse.builder()
          .userPool(p -> p.id(in.userPoolId()).name("shop"))
          .build();
    }

    @Override
    public PoolIssuer userPoolIssuer(Caller caller, String poolId) {
      return PoolIssuer.registered(Map.of("gatehouse:issuer", "https://id.example.com"));
    }

    @Override
    public CreateUserPoolResponse createUserPool(Caller caller, CreateUserPoolRequest in) {
      created.add(in);
      return CreateUserPoolResponse.builder().userPool(p -> p.id("new")).build();
    }
  }

  private final PoolsPresenter presenter =
      new PoolsPresenter(
          new Operations(),
          () -> Kit.ALICE,
          new PoolsPresenter.Screen() {
            @Override
            public void show(List<Row> pools, boolean more) {
              pools.forEach(row -> shown.add(row.pool().name() + " " + row.issuer().url()));
              shown.add("more " + more);
            }

            @Override
            public void open(String poolId) {
              shown.add("open " + poolId);
            }
          });

  @Test
  void theListTellsTheIssuerOfEachPoolAndThatThereAreMore() {
    presenter.load();
    assertEquals(List.of("shop https://id.example.com", "more true"), shown);
  }

  @Test
  void aNewPoolIsOpened() {
    presenter.make(" shop ", true);
    assertEquals("shop", created.getFirst().poolName());
    assertEquals(List.of("email"), created.getFirst().usernameAttributesAsStrings());
    assertEquals(List.of("open new"), shown);
    assertThrows(ApiError.class, () -> presenter.make(" ", false));
  }

  @Test
  void anIssuerIsRegisteredByTagsOfWhatIsGivenAlone() {
    presenter.register(new Registration("staff", " https://id ", " ", "a b", List.of("RS256")));
    assertEquals(
        Map.of(
            "gatehouse:issuer",
            "https://id",
            "gatehouse:clients",
            "a b",
            "gatehouse:algorithms",
            "RS256"),
        created.getFirst().userPoolTags());
    ApiError refused =
        assertThrows(
            ApiError.class,
            () -> presenter.register(new Registration("x", " ", "", "", List.of())));
    assertTrue(refused.getMessage().startsWith("The issuer's URL is needed"));
  }
}
