package io.gatehouse.runtime.auth;

import io.gatehouse.model.aws.Arn;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.AuthorizerTarget;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.pattern.JavaPattern;
import io.gatehouse.runtime.pipeline.Workers;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of COGNITO_USER_POOLS: lets in who bears a token of one of the authorizer's pools, an ID token
 * where the method names no scopes, else an access token with one of them.
 */
final class TokenAuthorizer implements Authorizer {

  private static final Logger LOG = LoggerFactory.getLogger(TokenAuthorizer.class);
  private static final String SCHEME = "Bearer ";
  private static final String RESOURCE = "userpool/";

  /** For the validation expression. */
  private static final int STEPS = 100_000;

  private final UserPoolTokens tokens;
  private final Workers workers;
  private final String account;
  private final List<UserPoolTokens.Pool> pools;
  private final String header;
  private final JavaPattern validation;
  private final List<String> scopes;

  /**
   * @param workers for signatures that take long to check
   * @param account whose pools they are
   */
  TokenAuthorizer(
      UserPoolTokens tokens, Workers workers, String account, AuthorizerTarget.UserPools target) {
    this.tokens = tokens;
    this.workers = workers;
    this.account = account;
    this.pools =
        target.poolArns().stream()
            .flatMap(arn -> Arn.parse(arn).stream())
            .filter(arn -> arn.account().equals(account) && arn.resource().startsWith(RESOURCE))
            .map(
                arn ->
                    new UserPoolTokens.Pool(account, arn.resource().substring(RESOURCE.length())))
            .toList();
    this.header = target.header();
    this.validation = target.validation();
    this.scopes = List.copyOf(target.scopes());
  }

  @Override
  public boolean passes(Exchange x) {
    String text = text(x);
    TokenClaims claims = tokens.remembered(pools, text);
    if (claims == null) {
      CompactToken token = CompactToken.read(text);
      if (tokens.isWanting(pools, token) || !tokens.isQuick(pools, token)) {
        return false;
      }
      claims = tokens.check(pools, token);
    }
    letIn(x, claims);
    return true;
  }

  @Override
  public void fetch(Exchange x, Reply reply) {
    CompactToken token = CompactToken.read(text(x));
    tokens.fetch(pools, token, () -> decide(x, token, reply));
  }

  /** By what is known now: on the event loop, or where that would hold it up by a worker. */
  private void decide(Exchange x, CompactToken token, Reply reply) {
    Deciding deciding = new Deciding(x, token, reply);
    if (tokens.isQuick(pools, token)) {
      deciding.check();
      deciding.answer();
    } else if (!workers.run(account, deciding::check, deciding::answer)) {
      reply.refuse(
          TokenRefusal.failed(
              Reason.TOKEN_CHECKS_WAITING, "more of them wait than an account may have waiting"));
    }
  }

  /** One token that is not decided while its exchange goes through. */
  private final class Deciding {
    private final Exchange x;
    private final CompactToken token;
    private final Reply reply;
    private TokenClaims claims;
    private GatewayException refusal;

    Deciding(Exchange x, CompactToken token, Reply reply) {
      this.x = x;
      this.token = token;
      this.reply = reply;
    }

    void check() {
      try {
        claims = tokens.check(pools, token);
      } catch (GatewayException why) {
        refusal = why;
      } catch (RuntimeException | StackOverflowError bug) {
        LOG.error("the token of request {} met a bug", x.id(), bug);
        refusal = GatewayException.bug(bug);
      }
    }

    void answer() {
      try {
        if (refusal != null) {
          throw refusal;
        }
        letIn(x, claims);
      } catch (GatewayException why) {
        reply.refuse(why);
        return;
      } catch (RuntimeException | StackOverflowError bug) {
        LOG.error("the bearer of request {} met a bug", x.id(), bug);
        reply.refuse(GatewayException.bug(bug));
        return;
      }
      reply.pass();
    }
  }

  private void letIn(Exchange x, TokenClaims claims) {
    checkUse(claims);
    checkAudience(claims);
    checkScopes(claims);
    x.identity(claims.bearer());
  }

  private String text(Exchange x) {
    List<String> values = x.request().headers().all(header);
    if (values.isEmpty() || values.size() == 1 && values.getFirst().isEmpty()) {
      throw TokenRefusal.unauthorized(
          Reason.TOKEN_MISSING, "the token is looked for in the header " + header);
    }
    if (values.size() > 1) {
      throw TokenRefusal.unauthorized(
          Reason.TOKEN_DOUBLED, "the request has " + values.size() + " headers " + header);
    }
    String value = values.getFirst();
    boolean scheme = value.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    String token = scheme ? value.substring(SCHEME.length()) : value;
    if (token.length() > CompactToken.MOST_CHARACTERS) {
      throw TokenRefusal.unauthorized(
          Reason.TOKEN_TOO_LONG, "a token has at most " + CompactToken.MOST_CHARACTERS + " bytes");
    }
    return token;
  }

  private void checkUse(TokenClaims claims) {
    TokenClaims.Use wanted = scopes.isEmpty() ? TokenClaims.Use.ID : TokenClaims.Use.ACCESS;
    if (claims.use() != wanted) {
      throw TokenRefusal.unauthorized(
          Reason.TOKEN_USE,
          scopes.isEmpty()
              ? "the method names no scopes, so an ID token is wanted"
              : "the method names scopes, so an access token is wanted");
    }
  }

  private void checkAudience(TokenClaims claims) {
    if (validation == null) {
      return;
    }
    Budget budget = Budget.of(STEPS);
    boolean matches;
    try {
      matches = claims.issuedTo().stream().anyMatch(one -> validation.matches(one, budget));
    } catch (BudgetExhausted e) {
      matches = false;
    }
    if (!matches) {
      throw TokenRefusal.unauthorized(
          Reason.TOKEN_AUDIENCE,
          "whom it was issued to does not match the authorizer's identityValidationExpression");
    }
  }

  private void checkScopes(TokenClaims claims) {
    if (!scopes.isEmpty() && scopes.stream().noneMatch(claims.scopes()::contains)) {
      throw TokenRefusal.denied(
          Reason.TOKEN_SCOPE, "the method wants one of the scopes " + String.join(" ", scopes));
    }
  }
}
