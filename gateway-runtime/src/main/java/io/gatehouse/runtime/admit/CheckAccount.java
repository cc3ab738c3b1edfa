package io.gatehouse.runtime.admit;

import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Step;

/** Nothing is served for an account that the operator has suspended. */
public final class CheckAccount implements Step {

  private final LiveSnapshots live;

  public CheckAccount(LiveSnapshots live) {
    this.live = live;
  }

  @Override
  public void apply(Exchange x) {
    if (live.account(x.stage().account()).suspended()) {
      throw GatewayException.of(ResponseType.ACCESS_DENIED, Reason.ACCOUNT_SUSPENDED);
    }
  }
}
