package org.powermock.api.mockito;

import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.mock;

import org.mockito.stubbing.OngoingStubbing;
import org.powermock.api.mockito.expectation.ConstructorExpectationSetup;

/**
 * What MRUnit's drivers call before every run, in case a mapper makes itself a MultipleOutputs.
 * None of ours does, and PowerMock does not run beside a Mockito of today: nothing is prepared.
 */
public final class PowerMockito {
  private PowerMockito() {}

  @SuppressWarnings("unchecked")
  public static <T> ConstructorExpectationSetup<T> whenNew(Class<T> type) {
    return (first, others) -> (OngoingStubbing<T>) mock(OngoingStubbing.class, RETURNS_SELF);
  }
}
