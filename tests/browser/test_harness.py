"""The harness itself: what a page must not do is seen."""

from __future__ import annotations

import pytest

from tests.browser.watch import Watch

pytestmark = pytest.mark.slow


@pytest.fixture
def watched(browser, site):
    """A page with its watch, whose faults fail nothing by themselves."""
    context = browser.new_context(base_url=site)
    watch = Watch(site.split("/")[2], context)
    yield context.new_page(), watch
    context.close()


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        ("console.error('broken')", "console: broken"),
        ("setTimeout(() => { throw new Error('thrown') })", "error: thrown"),
        ("fetch('http://127.0.0.1:9/').catch(() => 0)", "console: "),
        ("document.body.setAttribute('style', 'color: red')", "console: "),
        (
            "const e = document.createElement('script'); e.text = 'window.ran = 1'; "
            "document.body.append(e)",
            "console: ",
        ),
        (
            "const i = new Image(); i.src = '/nowhere.png'; document.body.append(i)",
            "status of 404",
        ),
    ],
)
def test_each_fault_of_a_page_is_seen(watched, deed, told):
    """Errors, other hosts, and what the policy forbids."""
    page, watch = watched
    page.goto("/about")
    assert watch.faults == []
    page.evaluate(f"() => {{ {deed} }}")
    page.wait_for_function("() => true")
    page.goto("/about")
    assert any(told in fault for fault in watch.faults), watch.faults


def test_another_host_is_seen_even_where_the_policy_would_let_it_be_asked(
    browser, site
):
    """The policy guards visitors, and the watch the policy."""
    context = browser.new_context(base_url=site, bypass_csp=True)
    page, watch = context.new_page(), Watch(site.split("/")[2], context)
    page.goto("/about")
    page.evaluate("() => fetch('http://127.0.0.1:9/').catch(() => 0)")
    context.close()
    assert any("another host" in fault for fault in watch.faults), watch.faults


def test_a_page_that_is_an_error_on_purpose_is_no_fault(page):
    """Its status is what the address deserves."""
    assert page.goto("/nowhere").status == 404


def test_all_comes_from_here(page):
    """A quiet page passes."""
    assert page.goto("/").ok
