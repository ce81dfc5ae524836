package org.powermock.api.mockito.expectation;

import org.mockito.stubbing.OngoingStubbing;

/** The one step of PowerMock's that MRUnit's drivers take. */
@FunctionalInterface
public interface ConstructorExpectationSetup<T> {
  OngoingStubbing<T> withArguments(Object first, Object... others);
}
