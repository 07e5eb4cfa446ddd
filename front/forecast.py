"""What is to come: terms that end and appointments that the Terms of Reference ask for, two years ahead."""

from django.shortcuts import render

from iscg_portal.web.public_page import public_page
from members.pictures.composition import balance
from secretariat.forecast import forecast


@public_page
def forecast_page(request):
    """The public part of the forecast, quarter by quarter, with the regional balance of today."""
    told = forecast()
    counts = balance(told.composed.representatives, told.belonging, told.composed.unrecorded)
    context = {"forecast": told, "by_region": [count for count in counts.by_region if count.count]}
    return render(request, "front/forecast.html", context)
