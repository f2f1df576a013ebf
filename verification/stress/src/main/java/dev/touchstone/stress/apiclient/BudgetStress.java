package dev.touchstone.stress.apiclient;

import dev.touchstone.apiclient.Target;
import dev.touchstone.apiclient.retry.RetryBudget;
import dev.touchstone.apiclient.retry.Verdict.Kind;
import java.net.URI;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** Three retries that race for two tokens, of which a success may return one more. */
@JCStressTest
@Outcome(
    id = {"true, true, false", "true, false, true", "false, true, true"},
    expect = Expect.ACCEPTABLE,
    desc = "Two are granted.")
@Outcome(id = "true, true, true", expect = Expect.ACCEPTABLE, desc = "A token came back in time.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Tokens were lost or granted twice.")
@State
public class BudgetStress {

  private static final Target TARGET = Target.of(URI.create("https://api.test"));

  private final RetryBudget budget = RetryBudget.tokenBucket(2, 1, 1);

  @Actor
  public void first(ZZZ_Result result) {
    result.r1 = budget.tryWithdraw(TARGET, Kind.TRANSIENT);
  }

  @Actor
  public void second(ZZZ_Result result) {
    result.r2 = budget.tryWithdraw(TARGET, Kind.TRANSIENT);
  }

  @Actor
  public void third(ZZZ_Result result) {
    result.r3 = budget.tryWithdraw(TARGET, Kind.THROTTLED);
  }

  @Actor
  public void success() {
    budget.succeeded(TARGET, Optional.empty());
  }
}
